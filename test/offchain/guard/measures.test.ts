import { expect } from "chai";
import fc from "fast-check";

import {
  MEASURES,
  type MeasureName,
} from "../../../offchain/guard/measures.ts";
import { findBlobs } from "../../../offchain/guard/measures/blobs.ts";
import { createPicture, SIDE } from "../../../offchain/guard/picture.ts";
import { moved, paint } from "./pictures.ts";

const measure = (name: MeasureName, rgb: Uint8Array): number =>
  MEASURES[name](createPicture(rgb));
const renders = fc.uint8Array({
  minLength: SIDE * SIDE * 3,
  maxLength: SIDE * SIDE * 3,
});
const LAST = SIDE - 1;

describe("guard/measures", () => {
  it("are what they say on pictures whose figures are known", () => {
    const halves = paint((x) => (x < 32 ? [0, 0, 0] : [255, 255, 255]));
    const expected: Partial<Record<MeasureName, number>> = {
      contrast: 12_750,
      brightness: 12_750,
      clipped: 10_000,
      massing: 12_750,
      chroma: 0,
      vividness: 12_750,
      colours: 200,
      dominance: 5_000,
      banding: 10_000,
      crispness: 25_500,
      detail: Math.floor((64 * 255 * 100) / (2 * 64 * 63)),
      bareness: 10_000,
      balance: 10_000,
      grain: 0,
      face: 0,
      mirrored: 0,
      spread: Math.floor(12_750 * Math.sqrt(3)),
    };
    for (const [name, value] of Object.entries(expected))
      expect(measure(name as MeasureName, halves), name).to.equal(value);
    const quarters = paint((x, y) => [
      x < 32 ? 200 : 20,
      y < 32 ? 180 : 60,
      90,
    ]);
    expect(measure("colours", quarters)).to.equal(400);
    expect(measure("dominance", quarters)).to.equal(2_500);
    expect(measure("chroma", quarters)).to.equal((110 + 160 + 140 + 70) * 25);
  });

  it("find nothing in a blank", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (r, g, b) => {
        const blank = paint(() => [r, g, b]);
        for (const name of [
          "contrast",
          "massing",
          "spread",
          "banding",
          "crispness",
          "detail",
          "grain",
        ] as const)
          expect(measure(name, blank), name).to.equal(0);
        expect(measure("dominance", blank)).to.equal(10_000);
        expect(measure("bareness", blank)).to.equal(10_000);
        expect(measure("colours", blank)).to.equal(100);
      }),
      { numRuns: 10 },
    );
  });

  it("do not mind where the pixels lie, where place does not matter, nor a mirror, where it does", () => {
    const everywhere = [
      "brightness",
      "chroma",
      "clipped",
      "colours",
      "contrast",
      "dominance",
      "spread",
      "vividness",
    ] as const;
    const turned = [
      ...everywhere,
      "balance",
      "banding",
      "crispness",
      "detail",
      "grain",
      "massing",
    ] as const;
    fc.assert(
      fc.property(renders, fc.nat(LAST), (rgb, by) => {
        const rolled = moved(rgb, (x, y) => [
          (x + by) % SIDE,
          (y * 5 + x) % SIDE,
        ]);
        for (const name of everywhere)
          expect(measure(name, rolled), name).to.equal(measure(name, rgb));
        for (const turn of [
          moved(rgb, (x, y) => [LAST - x, y]),
          moved(rgb, (x, y) => [x, LAST - y]),
          moved(rgb, (x, y) => [y, x]),
        ])
          for (const name of turned)
            expect(measure(name, turn), name).to.equal(measure(name, rgb));
      }),
      { numRuns: 20 },
    );
  });

  it("count as clipped what is within eight levels of black or white", () => {
    const share = (level: number): number =>
      measure(
        "clipped",
        paint(() => [level, level, level]),
      );
    expect([0, 8, 9, 246, 247, 255].map(share)).to.deep.equal([
      10_000, 10_000, 0, 0, 10_000, 10_000,
    ]);
  });

  it("tell a blurred edge from a sharp one, though both have the same detail", () => {
    const edge = (width: number): Uint8Array =>
      paint((x) => {
        const level = Math.max(
          0,
          Math.min(255, Math.floor(((x - 31) * 255) / width)),
        );
        return [level, level, level];
      });
    expect(measure("detail", edge(15))).to.equal(measure("detail", edge(1)));
    expect(measure("crispness", edge(15))).to.equal(1_700);
    expect(measure("crispness", edge(1))).to.equal(25_500);
  });

  it("find blobs by their sides only, with the boxes around them", () => {
    const cells = new Set(["1,1", "2,1", "2,2", "3,3", "63,0", "63,63"]);
    expect(findBlobs((i) => cells.has(`${i % SIDE},${i >> 6}`))).to.deep.equal([
      { area: 1, left: 63, right: 63, top: 0, bottom: 0 },
      { area: 3, left: 1, right: 2, top: 1, bottom: 2 },
      { area: 1, left: 3, right: 3, top: 3, bottom: 3 },
      { area: 1, left: 63, right: 63, top: 63, bottom: 63 },
    ]);
    expect(findBlobs(() => true)).to.deep.equal([
      { area: 4_096, left: 0, right: 63, top: 0, bottom: 63 },
    ]);
  });
});
