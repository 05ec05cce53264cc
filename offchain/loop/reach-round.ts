import type { Chain, RoundEvent } from "./chain.ts";
import type { Clock } from "./ports-progress.ts";
import { momentText } from "./slot-text.ts";
import { nextEpochFrom } from "./terms-in-force.ts";

/** Waiting, as the use cases need it: passed in, so that nothing below the adapters knows time. */
export interface Waiting {
  /** Settles when it is time to look again. @param why another sentence than that a round is waited for. */
  pause(signal?: AbortSignal, why?: string): Promise<void>;
}

/**
 * The newest round that an epoch can be made of: newer than every epoch's, and covering something. Rounds between have done their
 * part by then, since works follow the market through all of them.
 */
export async function newestRound(
  chain: Pick<Chain, "epochs" | "rounds">,
): Promise<RoundEvent | undefined> {
  const { lastRound } = await chain.epochs();
  const newest = (await chain.rounds()).at(-1);
  const useful =
    newest !== undefined && newest.round > lastRound && newest.seals > 0;
  return useful ? newest : undefined;
}

/** Waits until there is such a round. */
export async function reachRound(
  { chain, waiting }: { readonly chain: Chain; readonly waiting: Waiting },
  signal?: AbortSignal,
): Promise<RoundEvent> {
  for (;;) {
    signal?.throwIfAborted();
    const round = await newestRound(chain);
    if (round !== undefined) return round;
    await waiting.pause(signal);
  }
}

/** Waits until there is such a round and the collection takes an epoch of it; the newest one then. */
export async function reachTurn(
  ports: {
    readonly chain: Chain;
    readonly waiting: Waiting;
    readonly clock: Clock;
  },
  signal?: AbortSignal,
): Promise<RoundEvent> {
  for (;;) {
    const round = await reachRound(ports, signal);
    const earliest = await nextEpochFrom(ports);
    if (earliest === undefined) return round;
    await ports.waiting.pause(
      signal,
      `Waiting until ${momentText(earliest)}, when the collection takes the next epoch; end this with Ctrl-C.`,
    );
  }
}
