import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import { digestToCid } from "../publishing/cid.ts";
import { epochPaths, epochUri } from "../publishing/paths.ts";
import type { Chain } from "./chain.ts";
import type { EvolveTask, PackedReport } from "./evolve-task.ts";
import { learnBatches } from "./learn-epoch.ts";
import { rebuildWork } from "./rebuild-work.ts";

/** Works that are made again before an epoch is sent. */
const SAMPLE = 3;

/** An epoch on the chain. */
export interface PublishedEpoch {
  readonly epoch: number;
  readonly hash: Hex;
  readonly gasUsed: number;
}

/**
 * Makes a few works again from the chain, one that was painted for this epoch among them, and compares them with what was packed.
 * @throws FatalError `evolve/sample-differs`: nothing was sent.
 */
export function checkSample(
  task: EvolveTask,
  { car, digest, root }: PackedReport,
): Promise<readonly string[]> {
  const { run, part, archives, roots, facts } = task;
  return run.step(`${part}/check`, { root }, async () => {
    const tokens = await sampleOf(task);
    const layers = await archives.layers({ roots, paths: [car] });
    try {
      for (const token of tokens) {
        const rebuilt = await rebuildWork(task, facts, BigInt(token), layers);
        const { image, metadata } = epochPaths(BigInt(token));
        if (
          rebuilt.imageCid === (await layers.cidOf(digest, image)) &&
          rebuilt.metadataCid === (await layers.cidOf(digest, metadata))
        )
          continue;
        throw new FatalError(
          "evolve/sample-differs",
          `Work \`${token}\` was packed as it cannot be rebuilt; nothing was sent: move the index of states away, then the folder of pictures, and run the command again.`,
        );
      }
    } finally {
      await layers.close();
    }
    return tokens;
  });
}

/** The first work that was painted, and others evenly among all. */
async function sampleOf({ plan }: EvolveTask): Promise<string[]> {
  const { batches } = await plan();
  const works = batches.flatMap((batch) => batch.works);
  const painted = batches
    .filter(({ directory }) => directory === undefined)
    .flatMap((batch) => batch.works)
    .find(({ files }) => files === undefined);
  const spread = Array.from(
    { length: SAMPLE },
    (_, i) => works[Math.floor((i * works.length) / SAMPLE)],
  );
  const ids = [painted, ...spread].flatMap((one) =>
    one === undefined ? [] : [`${one.work.id}`],
  );
  return [...new Set(ids)].slice(0, SAMPLE);
}

/** Keeps the archive, sends the root, and remembers what was painted. */
export async function publishEpoch(
  task: EvolveTask,
  { car, digest }: PackedReport,
): Promise<PublishedEpoch> {
  const { run, part, archives, chain, roots, states } = task;
  const { round } = task.request;
  await run.step(`${part}/keep`, { root: digest }, async () => {
    // Where nothing has changed since an epoch, its archive holds more than this one.
    const kept = await archives.find(digest);
    if (kept === undefined) await archives.keep(digest, car);
    else await kept.close();
    return digest;
  });
  const key = `${part}/evolve`;
  const published = await run.step(key, { root: digest, round }, async () => {
    const once = { key: run.key(key) };
    const mined = await chain.evolve({ root: digest, round }, once);
    const { epoch, hash, gasUsed } = mined;
    return { epoch, hash, gasUsed };
  });
  await run.step(`${part}/learn`, { root: digest }, async () => {
    const { batches } = await task.plan();
    const layers = await archives.layers({ roots: [...roots, digest] });
    try {
      await learnBatches({ layers, states }, digest, batches);
    } finally {
      await layers.close();
    }
    return batches.length;
  });
  return published;
}

/**
 * Asks the chain what it has made of it.
 * @throws FatalError `evolve/not-shown` if it tells something else than was sent.
 */
export async function confirmEpoch(
  chain: Chain,
  { epoch }: PublishedEpoch,
  {
    digest,
    round,
    covered,
    tokens,
  }: {
    readonly digest: Hex;
    readonly round: number;
    readonly covered: number;
    readonly tokens: readonly string[];
  },
): Promise<void> {
  const view = await chain.epochAt(epoch);
  const differs = (what: string): FatalError =>
    new FatalError(
      "evolve/not-shown",
      `Epoch \`${epoch}\` has ${what} on the chain than was sent (${digestToCid(digest).toString()}); check the collection's address, and void the epoch if it is wrong.`,
    );
  if (view.root !== digest || view.round !== round || view.covered !== covered)
    throw differs("another root, round or cover");
  if (view.voided) return;
  for (const token of tokens) {
    const uri = await uriOf(chain, BigInt(token), epoch);
    if (uri !== undefined && uri !== epochUri(digest, BigInt(token)))
      throw differs(`another place for work ${token}`);
  }
}

/** Undefined for a work that was burned since. */
async function uriOf(
  chain: Chain,
  token: bigint,
  epoch: number,
): Promise<string | undefined> {
  try {
    return await chain.tokenURIAt(token, epoch);
  } catch (error) {
    if (isLoopError(error, "chain/no-token")) return undefined;
    throw error;
  }
}
