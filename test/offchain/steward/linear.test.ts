import { expect } from "chai";
import fc from "fast-check";

import {
  addOuter,
  cholesky,
  diagonal,
  dot,
  inverseForm,
  solve,
} from "../../../offchain/steward/linear.ts";

const number = fc.double({ min: -3, max: 3, noNaN: true });
const vector = fc.array(number, { minLength: 4, maxLength: 4 });

describe("small linear algebra", () => {
  it("solves what a regression leaves, and measures its doubt", () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 9 }), vector, (rows, b) => {
        const matrix = diagonal([1, 2, 3, 4]);
        for (const row of rows) addOuter(matrix, row, 0.5);
        const lower = cholesky(matrix);
        const x = solve(lower, b);
        for (const [i, row] of matrix.entries())
          expect(Math.abs(dot(row, x) - (b[i] ?? 0))).to.be.at.most(1e-8);
        // b' A^-1 b, by two ways.
        expect(Math.abs(inverseForm(lower, b) - dot(b, x))).to.be.at.most(1e-8);
      }),
      { numRuns: 300 },
    );
  });

  it("knows more the more it has seen", () => {
    const matrix = diagonal([1, 1]);
    const before = inverseForm(cholesky(matrix), [1, 0]);
    addOuter(matrix, [1, 1], 4);
    expect(inverseForm(cholesky(matrix), [1, 0])).to.be.below(before);
  });

  it("takes a matrix that rounding spoiled as one that is barely sound", () => {
    const flat = [
      [1, 1],
      [1, 1],
    ];
    for (const value of solve(cholesky(flat), [1, 1]))
      expect(Number.isFinite(value)).to.equal(true);
  });
});
