import { expect } from "chai";

import {
  GENESIS,
  STATE_END,
  type Channel,
  type WorkState,
} from "../../../../offchain/generator/evolution/state.ts";
import {
  colours,
  type Colour,
} from "../../../../offchain/generator/work/colours.ts";
import { driveOf } from "../../../../offchain/generator/work/drive.ts";
import { relight, washOf } from "../../../../offchain/generator/work/light.ts";
import { PALETTE_NAMES } from "../../../../offchain/generator/work/palettes/palettes.ts";
import {
  LIGHT_NAMES,
  SLOT,
} from "../../../../offchain/generator/work/vocabulary.ts";

const CALM = { warmth: 0, saturation: 1_000 };
const harbour = colours("harbour", "day", CALM);
const at = (state: Partial<WorkState>, of = harbour) =>
  relight(of, driveOf({ ...GENESIS, ...state }));
const grey = ([r, g, b]: Colour): number => 0.3 * r + 0.59 * g + 0.11 * b;
const every = LIGHT_NAMES.flatMap((hour) =>
  PALETTE_NAMES.map((name) => colours(name, hour, CALM)),
);

describe("relight", () => {
  it("leaves a palette alone at genesis, and where only shapes move", () => {
    expect(at({})).to.equal(harbour);
    expect(at({ drift: 9, distance: -8 })).to.equal(harbour);
  });

  it("gives integers from 0 to 255 whatever pulls", () => {
    for (const of of every)
      for (const state of [
        { unrest: 16, warmth: 16, light: 16 },
        { unrest: -16, warmth: -16, light: -16 },
        { unrest: 16, warmth: 16, light: -16 },
        { unrest: -16, warmth: 16, light: 3 },
      ]) {
        const { slots, paper, gold } = at(state, of);
        const good = [...slots, paper, gold]
          .flat()
          .every(
            (value) => Number.isInteger(value) && value >= 0 && value <= 255,
          );
        expect(good).to.equal(true);
      }
  });

  it("never jumps: a step moves no colour by more than 26 of 255", () => {
    for (const of of every)
      for (const channel of ["unrest", "warmth", "light"] as const)
        for (let steps = -STATE_END; steps < STATE_END; steps++) {
          const [here, next] = [
            at({ [channel]: steps }, of),
            at({ [channel]: steps + 1 }, of),
          ];
          const [a, b] = [here.slots.flat(), next.slots.flat()];
          const jump = a.reduce(
            (most, value, i) => Math.max(most, Math.abs(value - b[i]!)),
            0,
          );
          if (jump > 26) expect.fail(`${channel} ${steps} jumps by ${jump}`);
        }
  });

  it("darkens the ground step by step as night falls, and keeps its embers", () => {
    for (let light = 0; light > -STATE_END; light--)
      expect(grey(at({ light: light - 1 }).slots[SLOT.ground]!)).to.be.at.most(
        grey(at({ light }).slots[SLOT.ground]!),
      );
    const night = at({ light: -12 });
    const kept = (slot: number): number =>
      grey(night.slots[slot]!) / grey(harbour.slots[slot]!);
    expect(kept(SLOT.ground)).to.be.lessThan(0.6);
    expect(kept(SLOT.accent)).to.be.greaterThan(0.8);
  });

  it("warms red over blue, and cools the other way about", () => {
    const heat = (warmth: number): number => {
      const [r, , b] = at({ warmth }).slots[SLOT.mid]!;
      return r - b;
    };
    expect(heat(4)).to.be.greaterThan(heat(0) + 10);
    expect(heat(-4)).to.be.lessThan(heat(0) - 10);
  });
});

describe("washOf", () => {
  const wash = (channel: Channel, steps: number) =>
    washOf(harbour, driveOf({ ...GENESIS, [channel]: steps }), true);

  it("washes nothing at genesis", () => {
    expect(wash("unrest", 0)).to.equal(null);
    expect(wash("drift", 5)).to.equal(null);
  });

  it("begins with a breath, grows with every step and covers no more than four fifths", () => {
    for (const channel of ["unrest", "warmth", "light"] as const)
      for (const way of [1, -1]) {
        let before = 0;
        for (let steps = 1; steps <= STATE_END; steps++) {
          const { rimShare, glowShare } = wash(channel, way * steps)!;
          const share = Math.max(rimShare, glowShare);
          expect(share - before).to.be.within(0, 0.15);
          expect(share).to.be.lessThan(0.8);
          before = share;
        }
      }
  });
});
