import type { Observation } from "../../kernel/observation.ts";
import { moodOf, type Mood } from "../work/market.ts";
import type { Attunement } from "./attunement.ts";

/**
 * How far a work has moved from its genesis, in whole steps of each channel; all zero is genesis itself, byte for byte.
 * Integers, so that works rest while the market does and two machines never disagree.
 */
export interface WorkState {
  readonly unrest: number;
  readonly drift: number;
  readonly warmth: number;
}

/** Names of the channels, in the order in which they are written. */
export const CHANNELS = ["unrest", "drift", "warmth"] as const;

/** A work as it was minted. */
export const GENESIS: WorkState = { unrest: 0, drift: 0, warmth: 0 };

/** Width of a step of a channel, thousandths. */
const STEP = 125;

/** The mood that a work is painted in: its genesis mood, carried by whole steps. */
export function evolved(genesis: Mood, state: WorkState): Mood {
  const clamp = (value: number, low: number): number =>
    Math.max(low, Math.min(1000, value));
  return {
    unrest: clamp(genesis.unrest + STEP * state.unrest, 0),
    drift: clamp(genesis.drift + STEP * state.drift, -1000),
    warmth: clamp(genesis.warmth + STEP * state.warmth, -1000),
  };
}

/** Whether a state is genesis. */
export function isGenesis(state: WorkState): boolean {
  return CHANNELS.every((channel) => state[channel] === 0);
}

/** A state as text: equal states, equal texts. */
export function stateKey(state: WorkState): string {
  return CHANNELS.map((channel) => state[channel]).join(",");
}

/**
 * Where the market has carried the works of one batch: one entry for each round that covers it, from its own conditions on.
 * A fold: the entry of a round depends on nothing after it.
 */
export function followMarket(
  conditions: Observation,
  rounds: readonly Observation[],
): readonly Mood[] {
  void conditions;
  return rounds.map(moodOf);
}

/** The state of one work: a pure function of its digest, its batch's conditions, where the market went, and its dials. */
export function stateOf({
  digest,
  conditions,
  mood,
  attunement,
}: {
  /** H(seed, index, attempt) of the accepted candidate. */
  readonly digest: Uint8Array;
  readonly conditions: Observation;
  /** An entry of {@link followMarket}. */
  readonly mood: Mood;
  readonly attunement: Attunement;
}): WorkState {
  const genesis = moodOf(conditions);
  const phase = (digest[0] ?? 0) % STEP;
  const level = (channel: keyof Mood): number =>
    Math.floor((mood[channel] - genesis[channel] + phase) / STEP);
  return {
    unrest: level("unrest") + attunement.temper,
    drift: level("drift") + attunement.distance,
    warmth: level("warmth") + attunement.warmth,
  };
}
