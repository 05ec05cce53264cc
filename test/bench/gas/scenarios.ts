import type { Signer } from "ethers";

import { createRng } from "../../../offchain/kernel/rng.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import type { BenchChain, Cost } from "./chain.ts";
import { measureFeatures } from "./features.ts";
import type { OurSubject, Subject } from "./subjects.ts";

/** Batch sizes of the mint table. */
export const COUNTS = [1, 10, 100, 500] as const;

/** All figures of one collection; the snapshot holds these. */
export interface Figures {
  readonly size: number;
  /** Opening, on a fresh contract and afterwards; only where minting takes two steps. */
  readonly open?: { readonly first: Cost; readonly steady: Cost };
  /** Minting (our seal) by count: `first` on a fresh contract to a new holder, `steady` to a holder. */
  readonly mint: Readonly<
    Record<string, { readonly first: Cost; readonly steady: Cost }>
  >;
  readonly moves: Readonly<Record<string, Cost>>;
  /** What only our collection does. */
  readonly features?: Readonly<Record<string, Cost>>;
  /** The whole life of 100 tokens, and per token. */
  readonly life: Cost & { readonly perToken: number };
}

/** Measures everything about one collection, each scenario on contracts of its own. */
export async function measure(
  chain: BenchChain,
  create: () => Promise<Subject>,
): Promise<Figures> {
  const { open, mint } = await measureMints(chain, create);
  return {
    size: (await create()).size,
    ...(open === undefined ? {} : { open }),
    mint,
    moves: await measureMoves(chain, await create()),
    life: await measureLife(chain, await create()),
  };
}

/** The same, and what only our collection does. */
export async function measureOurs(
  chain: BenchChain,
  create: () => Promise<OurSubject>,
): Promise<Figures> {
  return {
    ...(await measure(chain, create)),
    features: await measureFeatures(chain, create),
  };
}

async function measureMints(chain: BenchChain, create: () => Promise<Subject>) {
  const holder = chain.signers[1] as Signer;
  const mint: Record<string, { first: Cost; steady: Cost }> = {};
  let open: { first: Cost; steady: Cost } | undefined;

  for (const count of COUNTS) {
    const subject = await create();
    const first = await subject.mint(holder, count);
    const steady = await subject.mint(holder, count);
    mint[count] = { first: first.mint, steady: steady.mint };
    if (
      count === 100 &&
      first.open !== undefined &&
      steady.open !== undefined
    ) {
      open = { first: first.open, steady: steady.open };
    }
  }

  return { open, mint };
}

/** Transfers and burns of tokens from batches of 100; both sides hold other tokens, except the new holder. */
async function measureMoves(
  chain: BenchChain,
  subject: Subject,
): Promise<Record<string, Cost>> {
  const [holder, trader, other, newcomer] = chain.signers.slice(1, 5) as [
    Signer,
    Signer,
    Signer,
    Signer,
  ];
  for (const account of [holder, trader, other]) await subject.mint(account, 1);
  const batches: bigint[] = [];
  for (let i = 0; i < 5; i++)
    batches.push((await subject.mint(holder, 100)).first);
  const [head, middle, last, burns, fresh] = batches as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const move = async (from: Signer, to: Signer, token: bigint) =>
    chain.cost(
      (subject.contract.connect(from) as typeof subject.contract).transferFrom!(
        await from.getAddress(),
        await to.getAddress(),
        token,
      ),
    );
  const burn = (from: Signer, token: bigint) =>
    chain.cost(
      (subject.contract.connect(from) as typeof subject.contract).burn!(token),
    );

  return {
    "first transfer, head": await move(holder, trader, head),
    "first transfer, middle": await move(holder, trader, middle + 50n),
    "first transfer, last": await move(holder, trader, last + 99n),
    "first transfer, new holder": await move(holder, newcomer, fresh + 50n),
    "later transfer": await move(trader, other, middle + 50n),
    "burn, moved before": await burn(other, middle + 50n),
    "burn, never moved": await burn(holder, burns + 50n),
  };
}

/** 100 tokens are minted, each is sold three times in random order among holders of other tokens, then burned. */
async function measureLife(
  chain: BenchChain,
  subject: Subject,
): Promise<Cost & { perToken: number }> {
  const chainOfHolders = chain.signers.slice(1, 5) as Signer[];
  for (const account of chainOfHolders) await subject.mint(account, 1);
  const rng = createRng(keccak256(utf8("the life of a token")));
  const minted = await subject.mint(chainOfHolders[0] as Signer, 100);

  let gas = minted.mint.gas + (minted.open?.gas ?? 0);
  let fresh = minted.mint.fresh + (minted.open?.fresh ?? 0);
  const add = (cost: Cost) => {
    gas += cost.gas;
    fresh += cost.fresh;
  };
  for (let round = 0; round < 4; round++) {
    const from = chainOfHolders[round] as Signer;
    const contract = subject.contract.connect(from) as typeof subject.contract;
    const to = await chainOfHolders[round + 1]?.getAddress();
    for (const index of shuffled(100, (n) => rng.below(n))) {
      const token = minted.first + BigInt(index);
      add(
        await chain.cost(
          to === undefined
            ? contract.burn!(token)
            : contract.transferFrom!(await from.getAddress(), to, token),
        ),
      );
    }
  }

  return { gas, fresh, perToken: Math.round(gas / 100) };
}

function shuffled(count: number, below: (n: number) => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
