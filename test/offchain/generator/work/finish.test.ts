import { expect } from "chai";

import { createFinish } from "../../../../offchain/generator/work/finish.ts";
import { planWork } from "../../../../offchain/generator/work/plan.ts";
import type {
  Lead,
  Reading,
} from "../../../../offchain/generator/work/probe.ts";
import type { FinishName } from "../../../../offchain/generator/work/vocabulary.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";

const traits = {
  family: "agate",
  order: "five",
  palette: "harbour",
  light: "day",
  symmetry: "single",
  inlay: "none",
  finish: "flat",
  line: "none",
  frame: "bleed",
};
const plan = planWork({
  digest: new Uint8Array(32),
  traits,
  observation: NEUTRAL_OBSERVATION,
});
const make = (finish: FinishName, size = 512) =>
  createFinish({ ...plan, finish }, size);
const { slots } = plan.colours;
/** Slot 3 over slot 0 (a lower sheet), the edge so far away, its slope pointing right and down: lit from above left. */
const reading = (gap: number, slope = 100, aim = 1): Reading => {
  const lead: Lead = {
    gap,
    slope,
    slopeX: aim * slope * 0.6,
    slopeY: aim * slope * 0.8,
  };
  const far: Lead = { ...lead, gap: 1000 };
  return {
    best: 0,
    second: 3,
    values: Float64Array.of(0, -1e3, -1e3, -gap, -1e3, -1e3, -1e3, -1e3),
    ...lead,
    over: (slot) => (slot === 3 ? lead : far),
  };
};

describe("finish", () => {
  it("prints the winner alone when flat", () => {
    expect(make("flat")(reading(0.01), slots, 0, 0, 0).colour).to.deep.equal(
      slots[0],
    );
  });

  it("casts a shadow below a cut-out's edge that fades away from it, and none on the higher sheet", () => {
    const red = (r: Reading): number =>
      make("cutout")(r, slots, 0, 0, 0).colour[0];
    expect(red(reading(0.1))).to.be.lessThan(red(reading(2)));
    expect(red(reading(2))).to.be.lessThan(red(reading(7)));
    expect(red(reading(7))).to.equal(slots[0]![0]);
    expect(red({ ...reading(0.1), best: 3, second: 0 })).to.equal(slots[3]![0]);
    const below = red(reading(0.1, 100, -1));
    expect(below).to.be.greaterThan(red(reading(0.1)));
  });

  it("blends a satin tone to halves at the edge, and draws it in where the edge is steep", () => {
    const blue = (r: Reading): number =>
      make("satin")(r, slots, 0, 0, 0).colour[2];
    expect(blue(reading(0))).to.be.within(
      (slots[0]![2] + slots[3]![2]) / 2 - 1,
      (slots[0]![2] + slots[3]![2]) / 2 + 1,
    );
    expect(Math.abs(blue(reading(1, 160)) - slots[0]![2])).to.be.lessThan(2);
    expect(Math.abs(blue(reading(1, 8)) - slots[0]![2])).to.be.greaterThan(5);
  });

  it("grains a tone in the share of its cells, and as an even tone where pixels are coarse", () => {
    const grain = make("grain");
    let shaded = 0;
    for (let cell = 0; cell < 4000; cell++)
      if (grain(reading(1, 8), slots, 0, 0, cell).colour === slots[3]) shaded++;
    expect(shaded / 4000).to.be.within(
      1 / (1 + Math.E) - 0.03,
      1 / (1 + Math.E) + 0.03,
    );
    const [r] = make("grain", 64)(reading(1, 8), slots, 0, 0, 1).colour;
    expect(r).to.be.within(slots[3]![0], slots[0]![0]);
    expect(r).to.not.equal(slots[0]![0]);
  });

  it("hatches a tone with lines whose share grows with it", () => {
    const hatch = make("hatch");
    const share = (gap: number): number => {
      let lines = 0;
      for (let k = 0; k < 2000; k++)
        if (hatch(reading(gap, 8), slots, k / 1000 - 1, k / 1777, 0).shaded)
          lines++;
      return lines / 2000;
    };
    expect(share(0.4)).to.be.greaterThan(share(1.5));
    expect(share(1.5)).to.be.greaterThan(0.05);
    expect(share(6)).to.equal(0);
  });
});
