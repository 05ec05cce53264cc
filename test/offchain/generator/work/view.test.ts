import { expect } from "chai";

import {
  project,
  wave,
  type View,
} from "../../../../offchain/generator/work/view.ts";

const PLAIN: View = {
  symmetry: "single",
  folds: 5,
  flip: false,
  zoom: 1,
  turn: [1, 0],
  pan: [0, 0],
  sway: 0,
  gust: 0,
  lean: 0,
  phases: [0.1, 0.2, 0.3, 0.4],
};
const see = (view: View, x: number, y: number): [number, number] => {
  const out = new Float32Array(2);
  project(view, x, y, out, 0);
  return [out[0]!, out[1]!];
};
const near = (a: readonly number[], b: readonly number[]): void =>
  a.forEach((x, i) => expect(x).to.be.within(b[i]! - 1e-6, b[i]! + 1e-6));

describe("view", () => {
  it("leaves a plain view alone, and zooms before it pans", () => {
    near(see(PLAIN, 0.25, -0.5), [0.25, -0.5]);
    near(see({ ...PLAIN, zoom: 2, pan: [0.5, 0] }, 0.25, -0.5), [1, -1]);
    near(see({ ...PLAIN, turn: [0, 1] }, 0.25, -0.5), [0.5, 0.25]);
    near(see({ ...PLAIN, flip: true }, 0.25, -0.5), [-0.25, -0.5]);
  });

  for (const order of [3, 4, 5, 6, 7, 8]) {
    it(`repeats a rosette of ${order} in every wedge and in its mirror`, () => {
      const view: View = {
        ...PLAIN,
        symmetry: "rosette",
        folds: order,
        sway: 0.1,
        pan: [0.3, 0.1],
      };
      const step = (2 * Math.PI) / order;
      const first = see(view, 0.6 * Math.cos(0.2), 0.6 * Math.sin(0.2));
      for (let k = 0; k < order; k++) {
        near(
          see(
            view,
            0.6 * Math.cos(0.2 + k * step),
            0.6 * Math.sin(0.2 + k * step),
          ),
          first,
        );
        near(
          see(
            view,
            0.6 * Math.cos(k * step - 0.2),
            0.6 * Math.sin(k * step - 0.2),
          ),
          first,
        );
      }
    });
  }

  it("mirrors left and right, and for a quarter also up and down, sway and all", () => {
    const mirror: View = { ...PLAIN, symmetry: "mirror", sway: 0.1 };
    expect(see(mirror, -0.3, 0.4)).to.deep.equal(see(mirror, 0.3, 0.4));
    expect(see(mirror, 0.3, -0.4)).to.not.deep.equal(see(mirror, 0.3, 0.4));
    const quarter: View = { ...mirror, symmetry: "quarter" };
    expect(see(quarter, -0.3, -0.4)).to.deep.equal(see(quarter, 0.3, 0.4));
  });

  it("waves between -1 and 1 with period 1", () => {
    near([0, 0.25, 0.5, 0.75].map(wave), [0, -1, 0, 1]);
    expect(wave(-3.3)).to.be.within(wave(0.7) - 1e-12, wave(0.7) + 1e-12);
  });
});
