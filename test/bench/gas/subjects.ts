import { getBytes, type Signer } from "ethers";

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

const RECIPE = word("recipe");
const SEED_DELAY = 4;

/** Gas of a non-zero byte of calldata less that of a zero byte. */
const ZERO_BYTE_DISCOUNT = 12;

/** Deploys our collection with its registry. */
export async function ours(chain: BenchChain): Promise<Subject> {
  return batched(
    chain,
    "LoopCollection",
    "generative loop",
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
): Promise<Subject> {
  const operator = await (chain.signers[0] as Signer).getAddress();
  const registry = await chain.deploy(
    "RecipeRegistry",
    operator,
    operator,
    operator,
  );
  await (await registry.contract.register!(RECIPE)).wait();

  const settings = {
    name: "Generative Loop",
    symbol: "LOOP",
    contractURI: "",
    registry: await registry.contract.getAddress(),
    maxSupply: 1_000_000n,
    seedDelay: SEED_DELAY,
    sealWindow: 7_200,
    admin: operator,
    operator,
    royaltyReceiver: operator,
    royaltyBps: 500,
  };
  const { contract, size, gas } = await chain.deploy(artifact, settings);
  let batch = 0n;

  return {
    name,
    contract,
    size,
    deployment: gas,
    async mint(to, count) {
      batch += 1n;
      const open = await chain.cost(
        contract.open!(
          await to.getAddress(),
          RECIPE,
          count,
          word(`conditions ${batch}`),
        ),
      );
      await chain.mine(SEED_DELAY + 1);
      const seedBlock = Number(
        (await contract.getFunction("seedBlock").staticCall(batch)) as bigint,
      );
      const blockHash = await chain.hashOf(seedBlock);
      const seal = await chain.cost(
        contract.seal!(batch, word(`root ${batch}`), blockHash),
      );
      const zeros = getBytes(blockHash).filter((byte) => byte === 0).length;
      const mint = { ...seal, gas: seal.gas + zeros * ZERO_BYTE_DISCOUNT };
      return { open, mint, first: firstId(batch, count) };
    },
  };
}
