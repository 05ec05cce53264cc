import type { Decision, StewardView } from "./policy.ts";

/** Why nothing at all may be decided on a view; stable. */
export const HOLD_CODES = [
  "frozen",
  "grant-expired",
  "no-round",
  "oracle-stale",
  "oracle-odd",
  "too-few-rounds",
] as const;
export type HoldCode = (typeof HOLD_CODES)[number];

/** Rounds without which no policy says anything: one print is no market. */
export const LEAST_ROUNDS = 3;

/**
 * What forbids every move, as the controller would refuse it, and one thing that it cannot know: too few rounds to say anything.
 * Undefined if a policy may look.
 */
export function holdCode(view: StewardView): HoldCode | undefined {
  const { time, rounds, frozen, grantExpires, breaker } = view;
  const newest = rounds.at(-1);
  if (frozen) return "frozen";
  if (time >= grantExpires) return "grant-expired";
  if (newest === undefined) return "no-round";
  if (time - newest.time >= breaker.staleAfter) return "oracle-stale";
  const { change, volatility } = newest;
  // Of what was not observed nobody can say that it is ordinary.
  if (change === undefined || volatility === undefined) return "oracle-odd";
  if (Math.abs(change) > breaker.maxChange) return "oracle-odd";
  if (volatility > breaker.maxVolatility) return "oracle-odd";
  if (rounds.length < LEAST_ROUNDS) return "too-few-rounds";
  return undefined;
}

/** A policy that is asked only about views on which something may be decided. */
export function checked(
  decide: (view: StewardView) => Decision,
): (view: StewardView) => Decision {
  return (view) => {
    const why = holdCode(view);
    return why === undefined ? decide(view) : { kind: "hold", why };
  };
}
