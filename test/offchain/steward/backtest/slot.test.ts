import { expect } from "chai";
import fc from "fast-check";

import {
  createSlot,
  ROYALTY_LIMITS,
  slotsWith,
  type Limits,
} from "../../../../offchain/steward/backtest/slot.ts";
import { reach } from "../../../../offchain/steward/box.ts";

const DAY = 86_400;

/** contracts/libraries/BoundsLib.sol again, in the contract's own whole numbers. */
function contract(start: bigint, limits: Limits) {
  const [low, high, step, budget, delay, window] = [
    limits.low,
    limits.high,
    limits.step,
    limits.budget,
    limits.delay,
    limits.window,
  ].map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
  let [value, level, at, movedAt] = [start, 0n, 0n, 0n];
  return (to: bigint, time: bigint): string | undefined => {
    const length = to > value ? to - value : value - to;
    const leak = budget * (time - at);
    const now = level > leak ? level - leak : 0n;
    const spent = (now + window - 1n) / window;
    if (to < low || to > high) return "out-of-bounds";
    if (length === 0n) return "unchanged";
    if (length > step) return "step-too-long";
    if (movedAt !== 0n && time < movedAt + delay) return "too-soon";
    if (length > (spent < budget ? budget - spent : 0n)) return "budget-spent";
    [value, level, at, movedAt] = [to, now + length * window, time, time];
    return undefined;
  };
}

describe("offchain/steward/backtest/slot", () => {
  it("judges every sequence of moves as the contract does", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: 9 * DAY }),
            fc.integer({ min: -60, max: 60 }),
          ),
          { maxLength: 60 },
        ),
        (moves) => {
          const slot = createSlot(500, ROYALTY_LIMITS);
          const judge = contract(500n, ROYALTY_LIMITS);
          let time = 1_600_000_000;
          for (const [later, by] of moves) {
            time += later;
            const to = Math.max(0, slot.value + by);
            expect(slot.move(to, time)).to.equal(
              judge(BigInt(to), BigInt(time)),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("accepts whatever its state says is in reach", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: 5 * DAY }),
            fc.integer({ min: 0, max: 1_000 }),
          ),
          { maxLength: 40 },
        ),
        (wishes) => {
          const slot = createSlot(500, ROYALTY_LIMITS);
          let time = 1_600_000_000;
          for (const [later, target] of wishes) {
            time += later;
            const found = reach(slot.state(time), target, time);
            if ("to" in found)
              expect(slot.move(found.to, time)).to.equal(undefined);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("shows a policy all slots, and lets it move the royalty alone", () => {
    const slots = slotsWith(createSlot(500, ROYALTY_LIMITS).state(0));
    const movable = Object.entries(slots).filter(([, { step }]) => step > 0);
    expect(movable.map(([name]) => name)).to.deep.equal(["royalty"]);
  });
});
