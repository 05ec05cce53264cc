import {
  followMarket,
  GENESIS,
  stateOf,
  type WorkState,
} from "../generator/evolution/state.ts";
import type { Hex } from "../kernel/bytes.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { RoundEvent } from "./chain.ts";
import type { CoveredBatch, EpochFacts } from "./epoch-facts.ts";

/** The state of a work of one batch at the round of the facts. */
export type StateRule = (token: bigint, digest: Uint8Array) => WorkState;

/**
 * The one rule of what a work is at an epoch. The batch follows the market from its own conditions through every round that covers
 * it, whether or not an epoch was made of it, so nobody steers by leaving rounds out; then the work's digest and its dials say what
 * that means for it. A pinned work is what it is at the epoch it is pinned to, by the same rule.
 */
export function stateRule(
  facts: EpochFacts,
  { ordinal }: Pick<CoveredBatch, "ordinal">,
  conditions: Hex,
): StateRule {
  const opened = unpackObservation(conditions);
  const covering = facts.rounds.filter(({ seals }) => seals >= ordinal);
  const moods = followMarket(
    opened,
    covering.map(({ observation }) => unpackObservation(observation)),
  );
  const moodAt = new Map(
    covering.map(({ round }, i) => [round, moods[i]] as const),
  );
  const stateAt = (
    token: string,
    digest: Uint8Array,
    { round, block }: RoundEvent,
  ): WorkState => {
    const pin = facts.pinAt(token, block);
    if (pin !== undefined) {
      const pinned = facts.roundOf(pin);
      // An epoch is made of a round of an earlier block than any pin to it: this ends.
      return pinned === undefined || pinned.block >= block
        ? GENESIS
        : stateAt(token, digest, pinned);
    }
    const mood = moodAt.get(round);
    if (mood === undefined) return GENESIS;
    const attunement = facts.dialsAt(token, block);
    return stateOf({ digest, conditions: opened, mood, attunement });
  };
  return (token, digest) => stateAt(`${token}`, digest, facts.round);
}
