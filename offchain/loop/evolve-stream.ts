import { isLoopError } from "../kernel/errors.ts";
import { evolve, unfinishedEvolution } from "./evolve.ts";
import type { EvolvePorts, EvolveReport } from "./evolve-task.ts";
import { reachTurn, type Waiting } from "./reach-round.ts";

/**
 * Evolves to one round after the other as they come, what was interrupted first, until the signal or the caller ends it. A round that
 * somebody else was faster with is noted and left.
 */
export async function* evolveStream(
  out: string,
  ports: EvolvePorts & { readonly waiting: Waiting },
  {
    signal,
    onRound = () => undefined,
    deliver,
  }: {
    readonly signal?: AbortSignal;
    /** Called when the waiting is over: from here to the next wait an epoch is being made. */
    readonly onRound?: () => void;
    readonly deliver?: (report: EvolveReport) => Promise<void>;
  } = {},
): AsyncGenerator<EvolveReport> {
  for (;;) {
    signal?.throwIfAborted();
    const request = (await unfinishedEvolution(ports)) ?? {
      round: (await reachTurn(ports, signal)).round,
      out,
    };
    onRound();
    try {
      yield await evolve(request, ports, deliver);
    } catch (error) {
      if (
        !isLoopError(error, "evolve/overtaken") &&
        !isLoopError(error, "evolve/too-soon") &&
        !isLoopError(error, "evolve/already-published")
      )
        throw error;
      ports.progress.note(error.message);
    }
  }
}
