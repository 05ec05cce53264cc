import type { Hex } from "../kernel/bytes.ts";
import type {
  ControllerView,
  Governance,
  SlotView,
} from "./ports-governance.ts";

/** Who may move a slot now: the DAO always may, by a vote. */
export interface ListedSlot extends SlotView {
  /** Left of the steward's budget now. */
  readonly budgetLeft: number;
  /** From when the steward may move it, unix seconds; null while he may not at all. */
  readonly next: number | null;
  /** Why not: `none-appointed`, `grant-over`, `frozen`, `no-step`; null if he may. */
  readonly hindered:
    "none-appointed" | "grant-over" | "frozen" | "no-step" | null;
}

/** Every parameter, with its box. */
export interface ParameterList extends Omit<ControllerView, "slots"> {
  readonly time: number;
  readonly controller: Hex;
  readonly timelock: Hex;
  readonly slots: readonly ListedSlot[];
}

/** The parameters that the DAO's controller keeps: value, bounds, largest step, who may move each, and when next. */
export async function listParameters(
  governance: Governance,
): Promise<ParameterList> {
  const time = await governance.now();
  const { slots, ...view } = await governance.controller();
  const { controller, timelock } = governance.addresses;
  return {
    ...view,
    time,
    controller,
    timelock,
    slots: slots.map((slot) => listedSlot(slot, view, time)),
  };
}

/** What the steward may do with one slot at a time. */
export function listedSlot(
  slot: SlotView,
  {
    stewards,
    grantExpires,
    frozen,
  }: Pick<ControllerView, "stewards" | "grantExpires" | "frozen">,
  time: number,
): ListedSlot {
  const { limits, spent, movedAt } = slot;
  const hindered = ((): ListedSlot["hindered"] => {
    if (stewards.length === 0) return "none-appointed";
    if (grantExpires <= time) return "grant-over";
    if (frozen) return "frozen";
    return limits.step === 0 ? "no-step" : null;
  })();
  const ready = movedAt === 0 ? time : Math.max(time, movedAt + limits.delay);
  return {
    ...slot,
    budgetLeft: Math.max(0, limits.budget - spent),
    next: hindered === null ? ready : null,
    hindered,
  };
}
