import { expect } from "chai";

import type { LogitField } from "../../../../offchain/generator/work/grid.ts";
import {
  planWork,
  type WorkPlan,
} from "../../../../offchain/generator/work/plan.ts";
import { drawWork } from "../../../../offchain/generator/work/render.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";

/** A disc of slot 6 on slot 0, with slopes like the network's. */
const disc: LogitField = (_, xy, out) => {
  out.fill(-20);
  for (let i = 0; i < xy.length / 2; i++) {
    const [x, y] = [xy[2 * i]!, xy[2 * i + 1]!];
    out[8 * i] = 0;
    out[8 * i + 6] = (0.6 - Math.sqrt(x * x + y * y)) * 60;
  }
};
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
const base = planWork({
  digest: new Uint8Array(32),
  traits,
  observation: NEUTRAL_OBSERVATION,
});
const plan: WorkPlan = {
  ...base,
  layer: {
    ...base.layer,
    view: { ...base.layer.view, zoom: 1, pan: [0, 0], sway: 0 },
  },
};
const pixel = (
  rgb: Uint8Array,
  size: number,
  x: number,
  y: number,
): number[] => [...rgb.subarray((y * size + x) * 3, (y * size + x) * 3 + 3)];

describe("drawWork", () => {
  for (const size of [64, 128, 512, 1024]) {
    it(`draws a crisp disc at ${size}`, () => {
      const rgb = drawWork(disc, plan, size);
      const { slots } = plan.colours;
      expect(rgb).to.have.length(size * size * 3);
      expect(pixel(rgb, size, size / 2, size / 2)).to.deep.equal([
        ...slots[6]!,
      ]);
      expect(pixel(rgb, size, 1, 1)).to.deep.equal([...slots[0]!]);
      let between = 0;
      let covered = 0;
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          const at = (y * size + x) * 3;
          const red = (rgb[at]! - slots[0]![0]) / (slots[6]![0] - slots[0]![0]);
          const green =
            (rgb[at + 1]! - slots[0]![1]) / (slots[6]![1] - slots[0]![1]);
          covered += green;
          if (green > 0.02 && green < 0.98 && red < 1.5) between++;
        }
      // The circle of radius 0.3 sides crosses about 2.4 pixels per pixel of side; its area is 0.2827 of the sheet.
      expect(between).to.be.within(1.2 * size, 2.9 * size);
      expect(covered / (size * size)).to.be.within(
        0.2827 - 0.02 / Math.sqrt(size),
        0.2827 + 0.02 / Math.sqrt(size),
      );
    });
  }

  it("does not depend on how the field's points are batched", () => {
    const oneByOne: LogitField = (layer, xy, out) => {
      for (let i = 0; i < xy.length / 2; i++)
        disc(
          layer,
          xy.subarray(2 * i, 2 * i + 2),
          out.subarray(8 * i, 8 * i + 8),
        );
    };
    expect(drawWork(oneByOne, plan, 96)).to.deep.equal(
      drawWork(disc, plan, 96),
    );
  });

  it("asks an inlay's field only around its regions, and fills just those", () => {
    const inlaid = planWork({
      digest: new Uint8Array(32),
      traits: { ...traits, inlay: "scales" },
      observation: NEUTRAL_OBSERVATION,
    });
    let asked = 0;
    const field: LogitField = (layer, xy, out) => {
      if (layer === inlaid.inlay?.layer) asked += xy.length / 2;
      disc(layer, xy, out);
    };
    const onGround: WorkPlan = {
      ...plan,
      inlay: {
        ...inlaid.inlay!,
        slots: [6],
        tones: [plan.colours.slots.map(() => [1, 2, 3] as const)],
      },
    };
    const rgb = drawWork(field, onGround, 64);
    expect(asked).to.be.within(0.25 * 65 * 65, 0.5 * 65 * 65);
    expect(pixel(rgb, 64, 32, 32)).to.deep.equal([1, 2, 3]);
    expect(pixel(rgb, 64, 1, 1)).to.deep.equal([...plan.colours.slots[0]!]);
  });

  for (const line of ["keyline", "gilt"] as const) {
    it(`draws a ${line} of even width along the edge`, () => {
      const rgb = drawWork(disc, { ...plan, line }, 256);
      const ink =
        line === "keyline" ? plan.colours.slots[7]! : plan.colours.gold;
      const row = Array.from({ length: 256 }, (_, x) =>
        pixel(rgb, 256, x, 128),
      );
      const hits = row.flatMap((p, x) =>
        p.every((v, c) => Math.abs(v - ink[c]!) < 40) ? [x] : [],
      );
      expect(hits.filter((x) => x < 128).length).to.be.within(1, 3);
      expect(hits.filter((x) => x < 128).length).to.be.within(
        hits.filter((x) => x > 128).length - 1,
        hits.filter((x) => x > 128).length + 1,
      );
    });
  }

  it("prints the tones of grain with two inks only, and the paper of a mat around it", () => {
    const rgb = drawWork(disc, { ...plan, finish: "grain", frame: "mat" }, 256);
    expect(pixel(rgb, 256, 2, 2)).to.deep.equal([...plan.colours.paper]);
  });
});
