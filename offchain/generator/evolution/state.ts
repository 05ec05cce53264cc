import type { Observation } from "../../kernel/observation.ts";
import { DIAL_END, type Attunement } from "./attunement.ts";
import {
  carry,
  FORCES,
  placeOf,
  STEP,
  type Force,
  type Weather,
} from "./weather.ts";

/**
 * How far a work has moved from its genesis, in whole steps of each channel; all zero is genesis itself, byte for byte.
 * Integers, so that works rest while the market does and two machines never disagree.
 */
export interface WorkState {
  /** Still air to storm: sway, ripples, the weight of lines. */
  readonly unrest: number;
  /** Falling to rising: lean, style, the slow turning of the sway. */
  readonly drift: number;
  /** Cool to warm: heat and saturation of the palette. */
  readonly warmth: number;
  /** Night to day: the light that falls on the palette. */
  readonly light: number;
  /** Far to near: zoom. */
  readonly distance: number;
}

/** Names of the channels, in the order in which they are written. */
export const CHANNELS = [
  "unrest",
  "drift",
  "warmth",
  "light",
  "distance",
] as const;
export type Channel = (typeof CHANNELS)[number];

/** A work as it was minted. */
export const GENESIS: WorkState = {
  unrest: 0,
  drift: 0,
  warmth: 0,
  light: 0,
  distance: 0,
};

/** The most steps that a channel goes either way, whatever the market and the holder do. */
export const STATE_END = 16;

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
): readonly Weather[] {
  let place = placeOf(conditions);
  return rounds.map((round) => {
    place = carry(place, conditions, round);
    return place.weather;
  });
}

/**
 * The state of one work: a pure function of its digest, where the market went, and its dials. The digest says how far
 * within a step the work began, evenly, so that of many works each takes its step at another moment.
 */
export function stateOf({
  digest,
  mood,
  attunement,
}: {
  /** H(seed, index, attempt) of the accepted candidate. */
  readonly digest: Uint8Array;
  readonly conditions: Observation;
  /** An entry of {@link followMarket}. */
  readonly mood: Weather;
  readonly attunement: Attunement;
}): WorkState {
  const view = new DataView(digest.buffer, digest.byteOffset, digest.length);
  const level = (force: Force, place: number): number => {
    const phase = Math.floor(
      (view.getUint32(4 * place) * STEP[force]) / 4_294_967_296,
    );
    const felt = Math.floor(
      (mood[force] * (DIAL_END + attunement.response)) / DIAL_END,
    );
    return Math.floor((felt + phase) / STEP[force]);
  };
  const [unrest, drift, warmth, light] = FORCES.map(level) as [
    number,
    number,
    number,
    number,
  ];
  return {
    unrest: within(unrest + attunement.temper),
    drift: within(drift),
    warmth: within(warmth + attunement.warmth),
    light: within(light),
    distance: attunement.distance,
  };
}

function within(steps: number): number {
  return Math.max(-STATE_END, Math.min(STATE_END, steps));
}
