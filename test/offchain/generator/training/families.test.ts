import { expect } from "chai";

import { FAMILIES } from "../../../../offchain/generator/training/families/index.ts";
import { FAMILY_NAMES } from "../../../../offchain/generator/work/vocabulary.ts";

const style = (value: (i: number) => number): Float32Array =>
  Float32Array.from({ length: 32 }, (_, i) => value(i));

describe("families", () => {
  it("stand in the order that works ask for them", () => {
    expect(FAMILIES.map(({ name }) => name)).to.deep.equal([...FAMILY_NAMES]);
    expect(FAMILIES.map(({ index }) => index)).to.deep.equal([
      ...FAMILY_NAMES.keys(),
    ]);
  });

  for (const family of FAMILIES) {
    it(`${family.name} gives weights that add up to one, uses five slots or more, and bends gently with its style`, () => {
      const weights = new Float32Array(8);
      const moved = new Float32Array(8);
      for (const order of [3, 4, 5, 6, 7, 8]) {
        const at = family.sample(
          style((i) => Math.sin(i + order)),
          order,
        );
        const beside = family.sample(
          style((i) => Math.sin(i + order) + 0.002),
          order,
        );
        const seen = new Set<number>();
        let change = 0;
        for (let k = 0; k < 1600; k++) {
          const [x, y] = [
            ((k % 40) + 0.5) / 20 - 1,
            (Math.floor(k / 40) + 0.5) / 20 - 1,
          ];
          at(x, y, weights);
          beside(x, y, moved);
          expect(weights.reduce((a, b) => a + b)).to.be.within(
            1 - 1e-5,
            1 + 1e-5,
          );
          expect(Math.min(...weights)).to.be.at.least(0);
          weights.forEach((w, i) => {
            if (w > 0.5) seen.add(i);
            change += Math.abs(w - moved[i]!) / 1600;
          });
        }
        expect(seen.size, `order ${order}`).to.be.at.least(5);
        expect(change, `order ${order}`).to.be.lessThan(0.06);
      }
    });
  }
});
