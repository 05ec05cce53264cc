import type { Chain, RoundEvent } from "./chain.ts";

/** Waiting, as the use cases need it: passed in, so that nothing below the adapters knows time. */
export interface Waiting {
  /** Settles when it is time to look again. */
  pause(signal?: AbortSignal): Promise<void>;
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
