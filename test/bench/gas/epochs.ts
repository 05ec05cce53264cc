import type { ContractTransactionResponse, Signer } from "ethers";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { JOBS, ORACLE_ADAPTER } from "../../kit/jobs.ts";
import { WIDE_BOUNDS } from "../../kit/oracle-bounds.ts";
import { word, type BenchChain, type Cost, type Loose } from "./chain.ts";
import { measureAdapters } from "./rounds.ts";
import { CONDITIONS, RECIPE, SEED_DELAY, type OurSubject } from "./subjects.ts";

/** Sizes of the collections that one transaction evolves. */
export const WORKS = [10, 10_000, 1_000_000] as const;

/** Most works of one batch. */
const BATCH = 5_000;

/** Works of a collection that is really minted for these figures. */
const MOST_MINTED = 10_000;

/** Works whose URIs are written one after the other, for comparison. */
const NAIVE = [10, 100] as const;

/** Before every block of the chain. */
const OBSERVED_AT = 1_700_000_000;

/** What evolving costs, by name: an epoch, whatever the size of the collection, and what holders do about theirs. */
export async function measureEpochs(
  chain: BenchChain,
  create: () => Promise<OurSubject>,
): Promise<Record<string, Cost>> {
  const figures: Record<string, Cost> = {};
  for (const works of WORKS) {
    const loop = await evolving(chain, await create());
    await grow(chain, loop.subject, works);
    await loop.accept(1);
    const first = await loop.evolve(1);
    figures["evolve, first epoch"] ??= first;
    await loop.accept(2);
    figures[`evolve, ${works} works`] = await loop.evolve(2);
  }
  return {
    ...figures,
    ...(await measureRounds(chain, await create())),
    ...(await measureAdapters(chain, await create())),
    ...(await measureHolders(chain, await create())),
    ...(await measureNaive(chain)),
  };
}

const as = (contract: Loose, signer: Signer | undefined) =>
  contract.connect(signer as Signer) as Loose;
const done = async (sent: Promise<ContractTransactionResponse>) =>
  (await sent).wait();

/** The collection with an oracle of its own that the admin has named. */
async function evolving(chain: BenchChain, subject: OurSubject) {
  const adapter = chain.signers[ORACLE_ADAPTER] as Signer;
  const { contract: oracle } = await chain.deploy(
    "MarketOracle",
    subject.registry,
    await subject.contract.getAddress(),
    await adapter.getAddress(),
    WIDE_BOUNDS,
    1,
  );
  const { admin, guardian, publisher } = JOBS;
  await done(
    as(subject.contract, chain.signers[admin]).setOracle!(
      await oracle.getAddress(),
    ),
  );
  return {
    subject,
    accept: (round: number) =>
      chain.cost(
        as(oracle, adapter).accept!(
          packObservation({
            ...NEUTRAL_OBSERVATION,
            time: OBSERVED_AT + round,
          }),
        ),
      ),
    evolve: (round: number) =>
      chain.cost(
        as(subject.contract, chain.signers[publisher]).evolve!(
          word(`epoch of round ${round}`),
          round,
        ),
      ),
    voidEpoch: (epoch: number) =>
      chain.cost(
        as(subject.contract, chain.signers[guardian]).voidEpoch!(epoch),
      ),
  };
}

/**
 * Mints so many works. A million would take minutes: they are written into the word of counts, which is the one thing that an oracle
 * or an epoch reads of a collection's works.
 */
async function grow(chain: BenchChain, subject: OurSubject, works: number) {
  if (works <= MOST_MINTED) {
    for (let batch = 1, left = works; left > 0; batch++, left -= BATCH)
      await mintUnmeasured(chain, subject, batch, Math.min(left, BATCH));
    return;
  }
  const batches = BigInt(works / BATCH);
  await chain.addToSlot(
    await subject.contract.getAddress(),
    (counts) => counts % 2n ** 136n === 1n,
    batches + (batches << 32n) + (BigInt(works) << 96n),
  );
}

/** Without the trace of thousands of events that {@link OurSubject.mint} would read. */
async function mintUnmeasured(
  chain: BenchChain,
  { contract }: OurSubject,
  batch: number,
  count: number,
) {
  const to = await (chain.signers[1] as Signer).getAddress();
  await done(contract.open!(to, RECIPE, count, CONDITIONS));
  const seedBlock = Number(
    await contract.getFunction("seedBlock").staticCall(batch),
  );
  await chain.mine(SEED_DELAY + 1);
  const blockHash = await chain.hashOf(seedBlock);
  await done(contract.seal!(batch, word(`root ${batch}`), blockHash));
}

async function measureRounds(chain: BenchChain, subject: OurSubject) {
  const loop = await evolving(chain, subject);
  await subject.mint(chain.signers[1] as Signer, 10);
  const figures = {
    "accept a round, first": await loop.accept(1),
    "accept a round, later": await loop.accept(2),
  };
  await loop.evolve(1);
  await loop.evolve(2);
  return {
    ...figures,
    "voidEpoch, the first to be": await loop.voidEpoch(2),
    "voidEpoch, later": await loop.voidEpoch(1),
  };
}

async function measureHolders(chain: BenchChain, subject: OurSubject) {
  const [holder, trader] = chain.signers.slice(1, 3) as [Signer, Signer];
  const loop = await evolving(chain, subject);
  const { first } = await subject.mint(holder, 10);
  const moved = first + 1n;
  await done(
    as(subject.contract, holder).transferFrom!(
      await holder.getAddress(),
      await trader.getAddress(),
      moved,
    ),
  );
  await loop.accept(1);
  await loop.evolve(1);
  const by = (signer: Signer, call: string, ...args: unknown[]) =>
    chain.cost(as(subject.contract, signer)[call]!(...args));

  return {
    "attune, first": await by(holder, "attune", first, 1),
    "attune, again": await by(holder, "attune", first, 3),
    "pin, never moved": await by(holder, "pinTokenURI", first, 1),
    "pin, moved before": await by(trader, "pinTokenURI", moved, 1),
    unpin: await by(holder, "unpinTokenURI", first),
  };
}

/** The same length before and after, so no slot is fresh: what a first epoch costs, and every later one. */
async function measureNaive(chain: BenchChain) {
  const figures: Record<string, Cost> = {};
  for (const works of NAIVE) {
    const { contract } = await chain.deploy("NaiveURIs");
    await done(
      contract.mint!(await (chain.signers[1] as Signer).getAddress(), works),
    );
    const write = (epoch: number) =>
      contract.setTokenURIs!(
        1,
        Array.from({ length: works }, (_, i) => uriOf(epoch, i)),
      );
    await done(write(0));
    figures[`setTokenURI loop, ${works} works`] = await chain.cost(write(1));
  }
  return figures;
}

/** What a loop would cost that wrote so many URIs: extrapolated, every work costs the same. */
export function naiveGas(
  features: Readonly<Record<string, Cost>>,
  works: number,
): number {
  const [few, many] = NAIVE;
  const of = (count: number) =>
    features[`setTokenURI loop, ${count} works`]?.gas ?? 0;
  const perWork = (of(many) - of(few)) / (many - few);
  return Math.round(of(few) + (works - few) * perWork);
}

/** As long as a URI of an epoch, and as different from the one before. */
function uriOf(epoch: number, index: number): string {
  const letters = word(`directory ${epoch}`).slice(2, 54);
  return `ipfs://bafybei${letters}/1/${1_000_000 + index}.json`;
}
