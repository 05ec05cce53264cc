import { expect } from "chai";

import { encodeAdapter } from "../../../../offchain/generator/adapter/encode.ts";
import { adapterTensors } from "../../../../offchain/generator/adapter/shape.ts";
import {
  MOST_DONORS,
  planTuning,
} from "../../../../offchain/generator/tuning/plan.ts";
import { randomAdapter } from "../../../kit/small-adapter.ts";
import { thrownBy } from "../../../kit/thrown.ts";

describe("tuning plan", () => {
  it("keeps every adapter below 400,000 bytes, with the largest even grid", () => {
    for (const rank of [1, 8, 64]) {
      for (const pictures of [1, 17, 24, 31, 38, MOST_DONORS]) {
        const { grid } = planTuning({ pictures, rank });
        expect(grid % 2).to.equal(0);
        const size = (side: number): number => {
          const shape = { width: 64, layers: 5, rank };
          const tensors = new Map(
            adapterTensors(shape).map(({ name, rows, columns }) => [
              name,
              new Float32Array(rows * columns),
            ]),
          );
          const names = Array.from({ length: pictures }, (_, i) =>
            `${i}`.padEnd(40, "x"),
          );
          const codes = new Float32Array(pictures * side * side * 8);
          const palettes = new Uint8Array(pictures * 24);
          const file = { rank, grid: side, codes, palettes, tensors };
          return encodeAdapter(
            randomAdapter("int8", { ...file, pictures: names }),
          ).length;
        };
        expect(size(grid), `${pictures} at ${rank}`).to.be.lessThan(400_001);
        if (grid < 48) expect(size(grid + 2)).to.be.greaterThan(390_000);
      }
    }
  });

  it("refuses what no adapter can hold", () => {
    for (const [pictures, rank, steps] of [
      [0, 8, 10],
      [MOST_DONORS + 1, 8, 10],
      [1.5, 8, 10],
      [24, 0, 10],
      [24, 65, 10],
      [24, 2.5, 10],
      [24, 8, 0],
    ] as const)
      expect(
        thrownBy(() => planTuning({ pictures, rank, steps })).code,
      ).to.equal("tuning/bad-plan");
  });
});
