import { stateKey } from "../generator/evolution/state.ts";
import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { digestToCid } from "../publishing/cid.ts";
import { tokenPaths } from "../publishing/paths.ts";
import { readEpochFacts } from "./epoch-facts.ts";
import type { EpochPorts, GenesisSource } from "./epoch-ports.ts";
import { planEpoch, type PlannedBatch } from "./evolve-plan.ts";
import type { Layers } from "./ports-archive.ts";
import type { Lesson, StateIndex } from "./ports-states.ts";

/** What is needed to learn from an epoch. */
interface Lessons {
  readonly layers: Layers;
  readonly states: StateIndex;
}

/** Learns what became of the states of these batches from the epoch below a root. */
export async function learnBatches(
  { layers, states }: Lessons,
  root: Hex,
  batches: readonly PlannedBatch[],
): Promise<void> {
  const tops = await layers.list(root, "");
  for (const { batch, signature, directory, works } of batches) {
    if (directory !== undefined) continue;
    const files = await layers.list(root, `${batch.batch}`);
    const images = await layers.list(root, `${batch.batch}/images`);
    const learned: Lesson["works"][number][] = [];
    for (const { work, state, files: known } of works) {
      if (known !== undefined) continue;
      const paths = tokenPaths(work.id);
      const metadata = files.get(paths.metadata);
      const image = images.get(paths.image.slice("images/".length));
      if (metadata === undefined || image === undefined) continue;
      const { index } = work;
      learned.push({ index, state: stateKey(state), image, metadata });
    }
    const link = tops.get(`${batch.batch}`);
    await states.learn(batch.root, {
      works: learned,
      ...(link === undefined ? {} : { directory: { signature, link } }),
    });
  }
  await states.finished(root);
}

/**
 * Learns every sound epoch that the local store has and the index has not: after the index was lost, or when epochs were published
 * from another machine and their archives fetched. One that was taken back teaches nothing: it may be why.
 */
export async function learnEarlier(
  { chain, progress }: Pick<EpochPorts, "chain" | "progress">,
  genesis: GenesisSource,
  { layers, states }: Lessons,
): Promise<void> {
  const { count } = await chain.epochs();
  for (let epoch = 1; epoch <= count; epoch++) {
    const { root, round, voided } = await chain.epochAt(epoch);
    const here = layers.holds(digestToCid(root).toString());
    if (voided || !here || (await states.knows(root))) continue;
    try {
      const facts = await readEpochFacts(chain, round);
      const plan = await planEpoch(facts, { genesis, layers, states });
      await learnBatches({ layers, states }, root, plan.batches);
    } catch (error) {
      // Its archive, or one that it builds upon, is not whole: what it painted is painted again.
      if (!isLoopError(error) || !error.code.startsWith("publishing/"))
        throw error;
    }
    progress.stage("learn", epoch, count);
  }
}
