import { type Channel, type WorkState } from "../evolution/state.ts";

/** What a state pulls at a picture with, each about -1.5..1.5, 1 at eight steps; all zero at genesis. */
export type Drive = Readonly<Record<Channel, number>>;

/** Steps at which a drive is 1. */
const FULL = 8;

/** Reads the drive out of a state. */
export function driveOf(state: WorkState): Drive {
  return {
    unrest: pull(state.unrest),
    drift: pull(state.drift),
    warmth: pull(state.warmth),
    light: pull(state.light),
    distance: pull(state.distance),
  };
}

/** An eighth for each of the first eight steps, less and less for those beyond: never more than 1.5. */
function pull(steps: number): number {
  const size = Math.abs(steps) / FULL;
  const over = size - 1;
  const value = size <= 1 ? size : 1 + over / (1 + 2 * over);
  return steps < 0 ? -value : value;
}

/** `up` per unit of a pull above zero, `down` per unit below: what grows and what fades seldom want the same. */
export const lean = (value: number, up: number, down: number): number =>
  value * (value < 0 ? down : up);
