import { isLoopError, RetryableError } from "../kernel/errors.ts";
import type { Policy } from "../steward/policy.ts";
import type { Waiting } from "./reach-round.ts";
import type { StewardPorts, StewardReport } from "./steward-ports.ts";
import { lastLooked, unfinishedLook } from "./steward-runs.ts";
import { stewardRound } from "./steward.ts";

/** What ends one look and not the watching: a newer round, or another time, may bring something else. */
const PASSES = ["chain/refused", "chain/reverted", "steward/already-looked"];

/**
 * Looks once at each newest round as it comes, what was interrupted first, until the signal ends it. What goes wrong at one look is told,
 * once as long as it stays the same, and left to the next.
 */
export async function stewardStream(
  { name, version }: Pick<Policy, "name" | "version">,
  ports: StewardPorts & { readonly waiting: Waiting },
  {
    signal,
    onIdle,
    deliver,
  }: {
    readonly signal: AbortSignal;
    /** Told whether nothing is under way: then it may be ended. */
    readonly onIdle: (idle: boolean) => void;
    readonly deliver: (report: StewardReport) => Promise<void>;
  },
): Promise<void> {
  const { chain, progress, waiting } = ports;
  let told = "";
  for (;;) {
    signal.throwIfAborted();
    const unfinished = await unfinishedLook(ports);
    const round = (await chain.rounds()).at(-1)?.round ?? 0;
    const request = unfinished ?? { name, version, round };
    if (unfinished !== undefined || round > (await lastLooked(ports))) {
      onIdle(false);
      try {
        await stewardRound(request, ports, { once: true, deliver });
        told = "";
      } catch (error) {
        if (!passes(error)) throw error;
        const said = `${error.code}: ${error.message}`;
        if (said !== told) progress.note(`Nothing was done: ${said}`);
        told = said;
      }
    }
    onIdle(true);
    await waiting.pause(signal);
  }
}

function passes(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof RetryableError ||
    (isLoopError(error) && PASSES.includes(error.code))
  );
}
