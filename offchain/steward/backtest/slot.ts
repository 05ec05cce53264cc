import { SLOT_CAPS, SLOTS, type SlotName } from "../../kernel/slots.ts";
import type { SlotState } from "../policy.ts";

/** Limits of a slot as the DAO sets them, in the slot's unit and seconds. */
export interface Limits {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly budget: number;
  readonly delay: number;
  readonly window: number;
}

const DAY = 86_400;

/** The royalty's limits as a DAO is founded with them. */
export const ROYALTY_LIMITS: Limits = {
  low: 0,
  high: SLOT_CAPS.royalty,
  step: 50,
  budget: 150,
  delay: DAY,
  window: 30 * DAY,
};

/** Why the controller refuses a move, the first reason there is; as contracts/libraries/BoundsLib.sol. */
export type Refusal =
  "out-of-bounds" | "unchanged" | "step-too-long" | "too-soon" | "budget-spent";

/** A slot of the controller, as the contract keeps it. */
export interface Slot {
  readonly value: number;
  state(time: number): SlotState;
  /** Moves, or says why not. */
  move(to: number, time: number): Refusal | undefined;
}

/**
 * A slot that obeys its limits to the second. The bucket's level is counted in units times seconds of the window, as in the contract,
 * so nothing is rounded: at most 2^53, which royalties and years stay far below.
 */
export function createSlot(start: number, limits: Limits): Slot {
  const { low, high, step, budget, delay, window } = limits;
  let value = start;
  let level = 0;
  let levelAt = 0;
  let movedAt = 0;
  const drained = (time: number): number =>
    Math.max(0, level - budget * (time - levelAt));
  const left = (time: number): number =>
    Math.max(0, budget - Math.ceil(drained(time) / window));
  const next = (): number => (movedAt === 0 ? 0 : movedAt + delay);
  return {
    get value() {
      return value;
    },
    state: (time) => ({
      value,
      low,
      high,
      step,
      delay,
      budgetLeft: left(time),
      next: next(),
    }),
    move(to, time) {
      const length = Math.abs(to - value);
      if (!Number.isInteger(to) || to < low || to > high)
        return "out-of-bounds";
      if (length === 0) return "unchanged";
      if (length > step) return "step-too-long";
      if (time < next()) return "too-soon";
      if (length > left(time)) return "budget-spent";
      level = drained(time) + length * window;
      [value, levelAt, movedAt] = [to, time, time];
      return undefined;
    },
  };
}

/** The slots as a policy sees them: sales say nothing about those beside the royalty, so they cannot be moved here. */
export function slotsWith(royalty: SlotState): Record<SlotName, SlotState> {
  const closed: SlotState = {
    value: 0,
    low: 0,
    high: 0,
    step: 0,
    delay: DAY,
    budgetLeft: 0,
    next: 0,
  };
  const all = Object.fromEntries(SLOTS.map((slot) => [slot, closed])) as Record<
    SlotName,
    SlotState
  >;
  return { ...all, royalty };
}
