import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { collectionRoots, readEpochFacts } from "./epoch-facts.ts";
import { createGenesisSource } from "./epoch-ports.ts";
import { requireFree } from "./evolve.ts";
import { planEpoch } from "./evolve-plan.ts";
import type { EpochCounts, EvolvePorts } from "./evolve-task.ts";
import { newestRound } from "./reach-round.ts";

/**
 * What an epoch would be made of, without painting, writing or sending anything.
 * @param round the newest useful one if left out.
 * @throws FatalError `evolve/no-round` if there is none, and as `evolve` does.
 */
export async function previewEpoch(
  ports: Omit<EvolvePorts, "journal" | "artefacts" | "clock">,
  round?: number,
): Promise<
  EpochCounts & { readonly round: number; readonly observation: Hex }
> {
  const { chain, archives, progress, states } = ports;
  const number = round ?? (await newestRound(chain))?.round;
  if (number === undefined) {
    throw new FatalError(
      "evolve/no-round",
      "No round waits that is newer than the newest epoch's and covers a batch; bring one with `observe-market`.",
    );
  }
  await requireFree(chain, { round: number });
  const facts = await readEpochFacts(chain, number);
  const layers = await archives.layers({ roots: await collectionRoots(chain) });
  try {
    const genesis = createGenesisSource(ports, layers);
    const { counts } = await planEpoch(facts, {
      genesis,
      layers,
      states,
      onBatch: (done) => progress.stage("plan", done, facts.batches.length),
    });
    const { observation } = facts.round;
    return { ...counts, round: number, observation };
  } finally {
    await layers.close();
  }
}
