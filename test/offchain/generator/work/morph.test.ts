import { expect } from "chai";

import {
  sheetBetween,
  sheetOf,
} from "../../../../offchain/generator/work/frame.ts";
import type { LogitField } from "../../../../offchain/generator/work/grid.ts";
import { drawMorph } from "../../../../offchain/generator/work/morph.ts";
import {
  planWork,
  type WorkPlan,
} from "../../../../offchain/generator/work/plan.ts";
import { drawWork } from "../../../../offchain/generator/work/render.ts";
import { FRAME_NAMES } from "../../../../offchain/generator/work/vocabulary.ts";
import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";

/** A disc on the ground for family 0, upright bars for all others, with slopes like the network's. */
const field: LogitField = ({ family, style }, xy, out) => {
  out.fill(-20);
  for (let i = 0; i < xy.length / 2; i++) {
    const [x, y] = [xy[2 * i]!, xy[2 * i + 1]!];
    const d = Math.sqrt(x * x + y * y) - 0.5 - 0.2 * style[0]!;
    const bars = Math.abs(((x + 8) % 0.5) - 0.25) - 0.12;
    out[8 * i] = 0;
    out[8 * i + (family === 0 ? 6 : 1)] = -60 * (family === 0 ? d : bars);
  }
};
const traits = {
  family: "dunes",
  order: "five",
  palette: "harbour",
  light: "day",
  symmetry: "single",
  inlay: "none",
  finish: "flat",
  line: "none",
  frame: "bleed",
};
const plan = (name: string, words: Partial<typeof traits> = {}): WorkPlan =>
  planWork({
    digest: keccak256(utf8(name)),
    traits: { ...traits, ...words },
    observation: NEUTRAL_OBSERVATION,
  });
const [disc, other, bars] = [
  plan("a disc"),
  plan("another"),
  plan("bars", { family: "braid" }),
];
const coloursOf = (rgb: Uint8Array): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let i = 0; i < rgb.length; i += 3) {
    const name = rgb.subarray(i, i + 3).join();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

describe("drawMorph", () => {
  it("ends in the works themselves", () => {
    for (const [from, to] of [
      [disc, bars],
      [disc, other],
    ] as const) {
      const ends = [from, to] as const;
      expect(drawMorph(field, ends, 0, 64)).to.deep.equal(
        drawWork(field, from, 64),
      );
      expect(drawMorph(field, ends, 1000, 64)).to.deep.equal(
        drawWork(field, to, 64),
      );
    }
  });

  it("leaves an end and reaches the other without a jump", () => {
    const near = (a: Uint8Array, b: Uint8Array): number =>
      a.reduce((sum, x, i) => sum + Math.abs(x - b[i]!), 0) / a.length;
    for (const frame of ["bleed", "roundel", "panes"]) {
      const ends = [
        plan("from", { frame, line: "gilt", finish: "hatch" }),
        plan("to", { family: "braid", inlay: "scales", finish: "satin" }),
      ] as const;
      expect(
        near(drawMorph(field, ends, 1, 64), drawWork(field, ends[0], 64)),
        frame,
      ).to.be.below(2);
      expect(
        near(drawMorph(field, ends, 999, 64), drawWork(field, ends[1], 64)),
        frame,
      ).to.be.below(2);
    }
  });

  it("is one crisp picture at every step, never two laid over each other", () => {
    for (const share of [200, 400, 500, 600, 800]) {
      const counts = coloursOf(drawMorph(field, [disc, bars], share, 128));
      // Ground, disc and bars: what else there is are single pixels that an edge crosses.
      const largest = [...counts.values()].toSorted((x, y) => y - x);
      const even = largest.slice(0, 3).reduce((x, y) => x + y, 0) / 128 / 128;
      expect(even, `${share}`).to.be.above(0.78);
    }
  });

  it("bends one field where both ends are of one, instead of mixing two discs", () => {
    const rgb = drawMorph(field, [disc, other], 500, 64);
    const half: WorkPlan = {
      ...disc,
      layer: {
        ...disc.layer,
        style: disc.layer.style.map(
          (at, i) => (at + other.layer.style[i]!) / 2,
        ),
      },
    };
    expect(half.layer.view.flip).to.equal(other.layer.view.flip);
    const [a, b] = [rgb, drawWork(field, half, 64)].map(
      (picture) => Math.max(...coloursOf(picture!).values()) / 4096,
    );
    expect(Math.abs(a! - b!)).to.be.at.most(0.12);
  });
});

describe("sheetBetween", () => {
  const places = Array.from({ length: 400 }, (_, i) => [
    ((i % 20) + 0.5) / 10 - 1,
    (Math.floor(i / 20) + 0.5) / 10 - 1,
  ]) as [number, number][];

  it("begins and ends at the frames themselves", () => {
    for (const from of FRAME_NAMES)
      for (const to of FRAME_NAMES)
        for (const [share, frame] of [
          [0, from],
          [1, to],
        ] as const) {
          const sheet = sheetBetween(from, to, share);
          expect(Math.abs(sheet.scale - sheetOf(frame).scale)).to.be.at.most(
            1e-12,
          );
          const own = sheetOf(frame);
          const differ = places.filter(
            ([x, y]) => sheet.at(x, y) !== own.at(x, y),
          );
          expect(differ, `${from} ${to}`).to.deep.equal([]);
        }
  });

  it("shows nothing beyond the window that its scale says", () => {
    for (const to of FRAME_NAMES) {
      const sheet = sheetBetween("bleed", to, 0.5);
      for (const [x, y] of places)
        if (sheet.near(x, y, 0))
          expect(Math.max(Math.abs(x), Math.abs(y))).to.be.at.most(
            sheet.scale + 1e-9,
          );
    }
  });
});
