import { expect } from "chai";

import {
  featuresOf,
  featureSpace,
} from "../../../../offchain/generator/likeness/features.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { reduced } from "../../../../offchain/generator/likeness/plane.ts";
import { discs, flipped, painted } from "./sets.ts";

describe("generator/likeness/features", () => {
  const set = discs("features", 8);

  it("describes a picture by 480 numbers in six groups, the same each time", () => {
    const [first] = set as [Uint8Array];
    const groups = featuresOf(first);
    expect(
      Object.entries(groups).map(([name, list]) => [name, list.length]),
    ).to.deep.equal([
      ["grain", 144],
      ["motif", 144],
      ["sparsity", 144],
      ["strokes", 16],
      ["layout", 13],
      ["colour", 19],
    ]);
    expect(featuresOf(first.slice())).to.deep.equal(groups);
  });

  it("gives flat colour no grain, no motif, no sparsity and no strokes", () => {
    const { grain, motif, sparsity, strokes } = featuresOf(
      painted(() => [200, 40, 90]),
    );
    for (const value of [...grain, ...motif, ...sparsity, ...strokes])
      expect(Math.abs(value - 0)).to.be.at.most(1e-6);
  });

  it("sees that a picture is mirrored, whatever it shows", () => {
    const [left] = set as [Uint8Array];
    const right = flipped(left);
    const both = painted((x, y) => {
      const at = (y * 64 + x) * 3;
      return [...(x < 32 ? left : right).subarray(at, at + 3)];
    });
    const reflection = (rgb: Uint8Array): number =>
      featuresOf(rgb).layout[10] ?? NaN;
    expect(Math.abs(reflection(both) - 0)).to.be.at.most(1e-12);
    expect(reflection(left)).to.be.above(0.01);
  });

  it("lays the reference set around the origin at a mean squared length of one", () => {
    const points = set.map(featureSpace(set));
    const sum = points[0]!.map((_, k) =>
      points.reduce((total, point) => total + point[k]!, 0),
    );
    for (const value of sum) expect(Math.abs(value)).to.be.below(0.1);
    const length =
      points.reduce(
        (total, point) => total + point.reduce((s, v) => s + v * v, 0),
        0,
      ) / points.length;
    expect(length).to.be.within(0.8, 1.01);
  });

  it("lets no number count for more than three deviations", () => {
    const space = featureSpace(set);
    const noise = painted((x, y) => [
      (x * 97 + y * 31) % 256,
      0,
      (x * y) % 256,
    ]);
    const length = space(noise).reduce((s, v) => s + v * v, 0);
    expect(length).to.be.within(2, 9.0001);
  });

  it("refuses a picture of another size", () => {
    expect(thrownBy(() => featuresOf(new Uint8Array(300))).code).to.equal(
      "generator/bad-likeness",
    );
  });

  it("makes pictures small by the mean of the pixels, and leaves small ones as they are", () => {
    const [small] = set as [Uint8Array];
    expect(reduced(small)).to.deep.equal(small);
    const large = Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % 128, Math.floor(i / 384)];
      const level = small[((y >> 1) * 64 + (x >> 1)) * 3 + (i % 3)]!;
      return Math.min(250, level) + (x % 2);
    });
    expect(reduced(large)).to.deep.equal(
      small.map((level) => Math.round(Math.min(250, level) + 0.5)),
    );
    expect(thrownBy(() => reduced(new Uint8Array(96 * 96 * 3))).code).to.equal(
      "generator/bad-likeness",
    );
  });
});
