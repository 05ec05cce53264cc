import { expect } from "chai";

import { findPalette } from "../../../../offchain/generator/tuning/palette.ts";

describe("palette", () => {
  it("finds the colours of a picture that has eight, from dark to light", () => {
    const colours = Array.from({ length: 8 }, (_, i) => [
      30 * i,
      255 - 20 * i,
      (90 * i) % 256,
    ]);
    const rgb = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const p = Math.floor(i / 3);
      return colours[Math.floor((p % 64) / 8)]![i % 3]!;
    });
    const found = [...findPalette(rgb)].map((x) => Math.round(x * 255));
    const rows = Array.from({ length: 8 }, (_, i) =>
      found.slice(3 * i, 3 * i + 3),
    );
    expect(rows).to.have.deep.members(colours);
    const light = rows.map(([r, g, b]) => 0.3 * r! + 0.59 * g! + 0.11 * b!);
    expect(light).to.deep.equal(light.toSorted((a, b) => a - b));
  });

  it("has eight colours also for a picture of one", () => {
    const found = findPalette(new Uint8Array(32 * 32 * 3).fill(51));
    expect([...found]).to.deep.equal(
      Array.from({ length: 24 }, () => Math.fround(0.2)),
    );
  });
});
