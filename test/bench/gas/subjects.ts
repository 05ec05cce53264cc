import {
  getBytes,
  type ContractTransactionResponse,
  type Signer,
} from "ethers";

import { JOBS, jobsOf } from "../../kit/jobs.ts";
import { word, type BenchChain, type Cost, type Loose } from "./chain.ts";

/** A collection under measurement: how it mints, and what its ids are. */
export interface Subject {
  readonly name: string;
  readonly contract: Loose;
  readonly size: number;
  readonly deployment: number;
  /** Mints `count` tokens; `open` where that takes two transactions. `first` is the id of the first one. */
  mint(
    to: Signer,
    count: number,
  ): Promise<{ open?: Cost; mint: Cost; first: bigint }>;
}

/** Ours, or one dressed like ours. */
export interface OurSubject extends Subject {
  /** Address of its registry. */
  readonly registry: string;
  /** The registry itself, as the registrar calls it. */
  readonly book: Loose;
  /** Seals the newest batch by any call, after its seed block; counts the bytes of the block hash as non-zero. */
  seal(
    send: (
      batch: bigint,
      root: string,
      blockHash: string,
    ) => Promise<ContractTransactionResponse>,
  ): Promise<Cost>;
}

/** The recipe of every batch. */
export const RECIPE = word("recipe");

/** Conditions without a bit of the forge's. */
export const CONDITIONS = conditionsOf("forged");

/** From an opening to its seed block. */
export const SEED_DELAY = 4;

/** Gas of a non-zero byte of calldata less that of a zero byte. */
const ZERO_BYTE_DISCOUNT = 12;

/** Deploys our collection with its registry. */
export async function ours(chain: BenchChain): Promise<OurSubject> {
  return batched(
    chain,
    "LoopCollection",
    "generative loop",
    (batch) => batch * 1_000_000n,
  );
}

/** Deploys our collection as it would be without the slot of a transfer validator. */
export async function withoutValidator(chain: BenchChain): Promise<OurSubject> {
  return batched(
    chain,
    "LoopWithoutValidator",
    "without a validator",
    (batch) => batch * 1_000_000n,
  );
}

/** Deploys ERC721A with the same features. */
export async function dressed(chain: BenchChain): Promise<Subject> {
  let next = 1n;
  return batched(chain, "DressedERC721A", "ERC721A dressed", (_, count) => {
    const first = next;
    next += BigInt(count);
    return first;
  });
}

/** Deploys one of the plain ones. */
export async function plain(
  chain: BenchChain,
  artifact: string,
  name: string,
): Promise<Subject> {
  const { contract, size, gas } = await chain.deploy(artifact);
  let next = 1n;

  return {
    name,
    contract,
    size,
    deployment: gas,
    async mint(to, count) {
      const mint = await chain.cost(
        contract.mint!(await to.getAddress(), count),
      );
      const first = next;
      next += BigInt(count);
      return { mint, first };
    },
  };
}

async function batched(
  chain: BenchChain,
  artifact: string,
  name: string,
  firstId: (batch: bigint, count: number) => bigint,
): Promise<OurSubject> {
  const accounts = await Promise.all(
    chain.signers.map((signer) => signer.getAddress()),
  );
  const registry = await chain.deploy("RecipeRegistry", jobsOf(accounts));
  const registrar = chain.signers[JOBS.registrar] as Signer;
  const book = registry.contract.connect(registrar) as Loose;
  await (await book.register!(RECIPE)).wait();

  const settings = {
    name: "Generative Loop",
    symbol: "LOOP",
    contractURI: "",
    registry: await registry.contract.getAddress(),
    maxSupply: 1_000_000n,
    seedDelay: SEED_DELAY,
    sealWindow: 7_200,
    worksPerDay: 1_000_000n,
    owner: accounts[JOBS.admin],
    royaltyReceiver: accounts[JOBS.admin],
    royaltyBps: 500,
  };
  const { contract, size, gas } = await chain.deploy(artifact, settings);
  let batch = 0n;

  const seal: OurSubject["seal"] = async (send) => {
    batch += 1n;
    await chain.mine(SEED_DELAY + 1);
    const seedBlock = Number(
      (await contract.getFunction("seedBlock").staticCall(batch)) as bigint,
    );
    const blockHash = await chain.hashOf(seedBlock);
    const cost = await chain.cost(
      send(batch, word(`root ${batch}`), blockHash),
    );
    const zeros = getBytes(blockHash).filter((byte) => byte === 0).length;
    return { ...cost, gas: cost.gas + zeros * ZERO_BYTE_DISCOUNT };
  };

  return {
    name,
    contract,
    size,
    deployment: gas,
    registry: settings.registry,
    book,
    seal,
    async mint(to, count) {
      const open = await chain.cost(
        contract.open!(
          await to.getAddress(),
          RECIPE,
          count,
          conditionsOf(`conditions ${batch + 1n}`),
        ),
      );
      const mint = await seal((...sealing) => contract.seal!(...sealing));
      return { open, mint, first: firstId(batch, count) };
    },
  };
}

/** Conditions for a name, with a last byte that leaves the forge's bits out and is not zero. */
function conditionsOf(name: string): string {
  return `${word(name).slice(0, -2)}01`;
}
