import { expect } from "chai";
import fc from "fast-check";

import { GENESIS } from "../../../../offchain/generator/evolution/state.ts";
import { planWork } from "../../../../offchain/generator/work/plan.ts";
import {
  readSteer,
  STEER_END,
  STYLE_DIALS,
  WORK_DIALS,
  type Steer,
} from "../../../../offchain/generator/work/steer.ts";
import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";
import { thrownBy } from "../../../kit/thrown.ts";

const traits = {
  family: "dunes",
  order: "five",
  palette: "harbour",
  light: "day",
  symmetry: "single",
  inlay: "scales",
  finish: "hatch",
  line: "keyline",
  frame: "mat",
};
const digest = keccak256(utf8("a steered work"));
const plan = (steer?: Steer, words: Partial<typeof traits> = {}) =>
  planWork({
    digest,
    traits: { ...traits, ...words },
    observation: NEUTRAL_OBSERVATION,
    state: { ...GENESIS, unrest: 3, drift: -2 },
    ...(steer === undefined ? {} : { steer }),
  });

describe("a steer", () => {
  it("changes nothing where every dial stands at 0", () => {
    const still = Object.fromEntries(WORK_DIALS.map((dial) => [dial, 0]));
    expect(plan({})).to.deep.equal(plan());
    expect(plan(still)).to.deep.equal(plan());
  });

  for (const dial of WORK_DIALS)
    it(`moves the plan by ${dial}, either way`, () => {
      const [down, up] = [plan({ [dial]: -400 }), plan({ [dial]: 400 })];
      expect(down).to.not.deep.equal(plan());
      expect(up).to.not.deep.equal(plan());
      expect(up).to.not.deep.equal(down);
    });

  it("takes a style to the ends of what was learned, wherever it began", () => {
    for (const [i, dial] of STYLE_DIALS.entries())
      for (const way of [-1, 1]) {
        const { style } = plan({ [dial]: way * STEER_END }).layer;
        expect(Math.abs(style[i]! - way)).to.be.at.most(1e-12);
        expect(
          style.filter((at, k) => at !== plan().layer.style[k]),
        ).to.have.length.at.most(1);
      }
  });

  it("truncates to the mean picture, where styles of all digests meet", () => {
    const { style } = plan({ truncation: STEER_END }).layer;
    expect(style.every((at) => at === 0)).to.equal(true);
    const near = plan({ truncation: 500 }).layer.style;
    plan().layer.style.forEach((at, i) =>
      expect(Math.abs(near[i]! - at / 2)).to.be.at.most(1e-12),
    );
  });

  it("keeps the frame, the regions and the words, whatever is turned", () => {
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            WORK_DIALS.map((dial) => [
              dial,
              fc.integer({ min: -STEER_END, max: STEER_END }),
            ]),
          ),
        ),
        (steer) => {
          const { layer, inlay, colours, hardness, weight, ...rest } =
            plan(steer);
          const { view } = layer;
          const still = plan();
          expect(rest.frame).to.equal(still.frame);
          expect(inlay?.slots).to.deep.equal(still.inlay?.slots);
          expect(inlay?.layer.style).to.deep.equal(still.inlay?.layer.style);
          expect(layer.style.every((at) => Math.abs(at) <= 1)).to.equal(true);
          const [cos, sin] = view.turn;
          expect(Math.abs(cos * cos + sin * sin - 1)).to.be.at.most(1e-9);
          expect(
            [view.zoom, hardness, weight].every((x) => x > 0 && x < 100),
          ).to.equal(true);
          for (const colour of [...colours.slots, colours.paper])
            expect(
              colour.every((c) => Number.isInteger(c) && c >= 0 && c <= 255),
            ).to.equal(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("turns the colours once round, and keeps how light they are", () => {
    const luma = ([r, g, b]: readonly number[]): number =>
      (r! * 299 + g! * 587 + b! * 114) / 1000;
    const still = plan().colours.slots;
    for (const hue of [-1000, -300, 700]) {
      const turned = plan({ hue }).colours.slots;
      turned.forEach((colour, slot) =>
        expect(Math.abs(luma(colour) - luma(still[slot]!))).to.be.at.most(14),
      );
      expect(turned).to.not.deep.equal(still);
    }
    expect(plan({ hue: 1000 }).colours).to.deep.equal(
      plan({ hue: -1000 }).colours,
    );
    const grey = plan({ colour: -1000 }, { line: "none" });
    expect(grey.layer).to.deep.equal(plan().layer);
  });

  it("is read in one order, without what stands at 0", () => {
    const steer = readSteer({ hue: 4, zoom: 0, style2: -7 }, WORK_DIALS);
    expect(Object.entries(steer)).to.deep.equal([
      ["style2", -7],
      ["hue", 4],
    ]);
  });

  for (const [what, steer, code] of [
    ["an unknown dial", { liberty: 3 }, "generator/unknown-dial"],
    ["an inherited name", { toString: 3 }, "generator/unknown-dial"],
    ["a fraction", { zoom: 0.5 }, "generator/bad-dial"],
    ["what is no number", { zoom: NaN }, "generator/bad-dial"],
    ["too much", { zoom: 1001 }, "generator/bad-dial"],
    ["too little", { zoom: -1001 }, "generator/bad-dial"],
  ] as const)
    it(`refuses ${what}`, () => {
      expect(thrownBy(() => plan(steer as Steer))).to.have.property(
        "code",
        code,
      );
    });
});
