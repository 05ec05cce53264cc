import { expect } from "chai";

import {
  cellAt,
  emptyCloth,
  readCloth,
  type Edge,
} from "../../../../offchain/generator/loom/cloth.ts";
import { join } from "../../../../offchain/generator/loom/seams.ts";
import { inside } from "../../../../offchain/generator/loom/shapes.ts";
import { weaveCloth } from "../../../../offchain/generator/loom/weave.ts";
import { SMALL_GRID, smallLoom } from "../../../kit/small-loom.ts";

describe("cloths", () => {
  it("go on beyond their edge as they say", () => {
    const at = (edge: Edge, x: number, y: number): [number, number] => {
      const cell = cellAt({ width: 4, height: 6, edge }, x, y);
      return [cell % 4, Math.floor(cell / 4)];
    };
    expect(at("clamp", -3, 9)).to.deep.equal([0, 5]);
    expect(at("wrap", -1, 7)).to.deep.equal([3, 1]);
    expect(at("drop", 4, 0)).to.deep.equal([0, 3]);
    expect(at("drop", 8, 1)).to.deep.equal([0, 1]);
    expect(at("brick", 0, 6)).to.deep.equal([2, 0]);
    expect(at("mirror", 4, 6)).to.deep.equal([3, 0]);
    expect(at("quarter", 5, -1)).to.deep.equal([2, 0]);
  });

  it("read an even cloth as even, everywhere", () => {
    const cloth = emptyCloth(4, 4, "drop", 2);
    cloth.codes.fill(0.75);
    cloth.shares.fill(0.5);
    const [codes, shares] = [new Float32Array(8), new Float32Array(2)];
    for (const [x, y] of [
      [0, 0],
      [3.99, 1.2],
      [-7.3, 20],
    ] as const) {
      readCloth(cloth, x, y, codes, 0, shares, 0);
      expect([...codes, ...shares]).to.deep.equal([
        ...Array(8).fill(0.75),
        1,
        0,
      ]);
    }
  });

  it("read the donor that holds most alone where two meet", () => {
    const cloth = emptyCloth(4, 4, "clamp", 2);
    for (let cell = 0; cell < 16; cell++) {
      const right = cell % 4 > 1;
      cloth.codes.fill(right ? 9 : 1, cell * 8, cell * 8 + 8);
      cloth.shares[cell * 2 + (right ? 1 : 0)] = 1;
    }
    for (const [x, code, first] of [
      [1.9, 1, 1],
      [2.1, 9, 0],
    ] as const) {
      const [codes, shares] = [new Float32Array(8), new Float32Array(2)];
      readCloth(cloth, x, 2, codes, 0, shares, 0);
      expect([...codes, ...shares]).to.deep.equal([
        ...Array(8).fill(code),
        first,
        1 - first,
      ]);
    }
  });

  it("are joined where the two differ least", () => {
    const [a, b] = [
      emptyCloth(12, 12, "clamp", 2),
      emptyCloth(12, 12, "clamp", 2),
    ];
    // Alike in row 5 only.
    b.codes.forEach((_, k) => (b.codes[k] = Math.floor(k / 96) === 5 ? 0 : 1));
    const { origins } = join(a, [[b]], [[0, 0.5]]);
    const rows = Array.from(
      { length: 12 },
      (_, y) => origins.source[y * 12 + 6],
    );
    expect(rows).to.deep.equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  });

  it("are woven of every donor, and of nothing but their codes' range", async () => {
    const model = await smallLoom();
    const cloth = weaveCloth(model, {
      way: "woven",
      width: 12,
      height: 12,
      edge: "drop",
      place: false,
      seed: 5,
      seams: [],
      donors: [0, 1].map((donor) => ({
        donor,
        flip: false,
        shift: [0, 0],
      })),
    });
    const parts = [0, 1].map((d) =>
      cloth.shares.reduce((sum, x, k) => sum + (k % 2 === d ? x : 0), 0),
    );
    expect(
      Math.abs(parts[0]! + parts[1]! - SMALL_GRID * SMALL_GRID),
    ).to.be.at.most(1e-3);
    expect(Math.min(...parts)).to.be.greaterThan(20);
    const most = Math.max(...model.adapter.codes.map(Math.abs));
    expect(Math.max(...cloth.codes.map(Math.abs))).to.be.at.most(most);
  });

  it("measure shapes in sheet units", () => {
    expect(
      Math.abs(inside({ kind: "disc", at: [0, 0, 0.5] }, 0.3, 0) - 0.2),
    ).to.be.at.most(1e-9);
    expect(
      Math.abs(inside({ kind: "half", at: [1, 0, 0.2] }, 0, 0) - -0.2),
    ).to.be.at.most(1e-9);
    expect(
      inside({ kind: "star", at: [0, 0, 0.8, 5, 0.4, 0] }, 0, -0.79),
    ).to.be.greaterThan(0);
    expect(
      inside({ kind: "star", at: [0, 0, 0.8, 5, 0.4, 0] }, 0, 0.79),
    ).to.be.below(0);
  });
});
