import { expect } from "chai";
import fc from "fast-check";

import { reach } from "../../../offchain/steward/box.ts";
import { anySlot, DAY, NOW, SLOT_STATES } from "../../kit/steward-view.ts";

const royalty = SLOT_STATES.royalty;

describe("the box", () => {
  it("lets a slot go as far as the step, the budget and the bounds allow", () => {
    expect(reach(royalty, 600, NOW)).to.deep.equal({ to: 550 });
    expect(reach(royalty, 520, NOW)).to.deep.equal({ to: 520 });
    expect(reach({ ...royalty, budgetLeft: 20 }, 0, NOW)).to.deep.equal({
      to: 480,
    });
    expect(reach({ ...royalty, high: 530 }, 900, NOW)).to.deep.equal({
      to: 530,
    });
  });

  it("says what is in the way", () => {
    const blocked = (slot: Partial<typeof royalty>, target = 600) =>
      reach({ ...royalty, ...slot }, target, NOW);
    expect(blocked({ high: 500 })).to.deep.equal({ blocked: "at-bound" });
    expect(blocked({ low: 500 }, 100)).to.deep.equal({ blocked: "at-bound" });
    expect(blocked({ step: 0 })).to.deep.equal({ blocked: "no-step" });
    expect(blocked({ next: NOW + DAY })).to.deep.equal({ blocked: "too-soon" });
    expect(blocked({ next: NOW })).to.deep.equal({ to: 550 });
    expect(blocked({ budgetLeft: 0 })).to.deep.equal({
      blocked: "budget-spent",
    });
    expect(blocked({}, 500)).to.deep.equal({ blocked: "unchanged" });
    // Outside its bounds, and too far to come back in one move: the contract would refuse a half-way value.
    expect(blocked({ value: 900, high: 500 }, 400)).to.deep.equal({
      blocked: "budget-spent",
    });
  });

  it("never leaves it, whatever is wanted", () => {
    const target = fc.integer({ min: -2_000, max: 3_000 });
    fc.assert(
      fc.property(anySlot("royalty"), target, (slot, wanted) => {
        const found = reach(slot, wanted, NOW);
        if (!("to" in found)) return;
        const { to } = found;
        const move = Math.abs(to - slot.value);
        expect(move).to.be.within(1, Math.min(slot.step, slot.budgetLeft));
        expect(to).to.be.within(slot.low, slot.high);
        expect(slot.next).to.be.at.most(NOW);
        // Towards what is wanted, and never past it, but for what lies outside the bounds.
        expect(Math.sign(to - slot.value)).to.equal(
          Math.sign(wanted - slot.value),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
