import type { SlotState } from "./policy.ts";

/** Why a slot cannot be moved towards a target now. */
export type Blocked = "no-step" | "too-soon" | "budget-spent" | "at-bound";

/** Where a slot can get: `to`, one move nearer to the target; or why nowhere. `unchanged` if it is there already. */
export type Reach =
  { readonly to: number } | { readonly blocked: Blocked | "unchanged" };

/**
 * The move nearest to a target that the box allows now: inside the bounds, no longer than the step and what is left of the budget, not
 * before the slot may move again. The contract judges by the same rules (contracts/libraries/BoundsLib.sol), so what comes out is accepted.
 */
export function reach(slot: SlotState, target: number, time: number): Reach {
  const { value, low, high, step, budgetLeft, next } = slot;
  if (target === value) return { blocked: "unchanged" };
  if (step === 0) return { blocked: "no-step" };
  const bounded = Math.min(high, Math.max(low, target));
  // What the DAO left outside its own bounds comes back inside, but never goes further away than it is.
  if (bounded === value || bounded > value !== target > value)
    return { blocked: "at-bound" };
  if (time < next) return { blocked: "too-soon" };
  const most = Math.min(step, budgetLeft, Math.abs(bounded - value));
  if (most < 1) return { blocked: "budget-spent" };
  const to = bounded > value ? value + most : value - most;
  return to < low || to > high ? { blocked: "budget-spent" } : { to };
}
