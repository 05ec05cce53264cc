import { readFile } from "node:fs/promises";

import { expect } from "chai";
import fc from "fast-check";

import { parseGuardConfig } from "../../../offchain/guard/config.ts";
import { MEASURE_NAMES } from "../../../offchain/guard/measures.ts";
import { SIDE } from "../../../offchain/guard/picture.ts";
import {
  LOW_GRADE,
  screen,
  type Verdict,
} from "../../../offchain/guard/screen.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { fixtureConfig } from "./guard-fixture.ts";
import {
  blurred,
  FACE,
  GOOD,
  inDisc,
  moved,
  ORNAMENT,
  paint,
  stream,
  wave,
} from "./pictures.ts";

const config = fixtureConfig();
const judge = (rgb: Uint8Array, threshold = 0): Verdict =>
  screen(rgb, { config, threshold });
const renders = fc.uint8Array({
  minLength: SIDE * SIDE * 3,
  maxLength: SIDE * SIDE * 3,
});

/** For each reason a picture that must be rejected for it, and its near miss, that must not. */
const PAIRS: Record<string, [bad: Uint8Array, near: Uint8Array]> = (() => {
  const noise = stream("noise");
  const grains = Array.from({ length: SIDE * SIDE }, () => noise.below(256));
  const grain = (x: number, y: number): number => grains[y * SIDE + x] ?? 0;
  const checks = (size: number): Uint8Array =>
    paint((x, y) =>
      (Math.floor(x / size) + Math.floor(y / size)) % 2 === 0
        ? [30, 40, 90]
        : [240, 220, 180],
    );
  const stripes = (height: number): Uint8Array =>
    paint((x, y) =>
      Math.floor((y + wave(x, 32, height)) / 8) % 2 === 0
        ? [30, 40, 90]
        : [240, 220, 180],
    );
  const disc = (
    r: number,
    on: readonly [number, number, number],
    ground: readonly [number, number, number],
  ): Uint8Array => paint((x, y) => (inDisc(x, y, 30, 34, r) ? on : ground));
  return {
    blank: [
      paint((x, y) => [120 + (grain(x, y) % 7), 90, 60]),
      disc(20, [200, 40, 40], [120, 90, 60]),
    ],
    "low-contrast": [
      disc(22, [150, 70, 90], [60, 120, 60]),
      disc(22, [240, 200, 200], [60, 120, 60]),
    ],
    "no-masses": [checks(4), checks(8)],
    clipped: [
      disc(24, [255, 255, 255], [0, 0, 0]),
      disc(24, [235, 235, 235], [14, 14, 14]),
    ],
    brightness: [
      disc(14, [90, 30, 20], [10, 12, 16]),
      disc(26, [190, 60, 30], [10, 12, 16]),
    ],
    banded: [stripes(0), stripes(4)],
    mud: [
      disc(22, [112, 104, 92], [84, 88, 80]),
      disc(22, [160, 60, 40], [84, 88, 80]),
    ],
    "one-colour": [
      disc(14, [230, 60, 40], [40, 60, 120]),
      disc(24, [230, 60, 40], [40, 60, 120]),
    ],
    "few-colours": [disc(24, [230, 60, 40], [40, 60, 120]), GOOD],
    soft: [blurred(GOOD, 9), GOOD],
    empty: [
      disc(5, [230, 60, 40], [40, 60, 120]),
      disc(22, [230, 60, 40], [40, 60, 120]),
    ],
    bare: [
      paint((x, y) =>
        x > 34 && y > 34 ? [grain(x >> 1, y >> 1), 40, 90] : [40, 60, 120],
      ),
      GOOD,
    ],
    noisy: [
      paint((x, y) => [grain(x, y), grain(y, x), grain(63 - x, y)]),
      GOOD,
    ],
    lopsided: [
      paint((x, y) =>
        x < 32 && y < 32 ? [40, 60, 120] : [grain(x >> 3, y >> 3), 40, 90],
      ),
      GOOD,
    ],
    face: [FACE, ORNAMENT],
  };
})();

describe("guard/screen", () => {
  it("passes a picture that deserves to hang, at the default threshold, and scores it high", () => {
    const verdict = judge(GOOD, 5_000);
    expect(verdict.reasons).to.deep.equal([]);
    expect(verdict.pass).to.equal(true);
    expect(verdict.scores["grade"]).to.be.greaterThan(8_000);
  });

  for (const [reason, [bad, near]] of Object.entries(PAIRS)) {
    it(`rejects for \`${reason}\` what must be rejected for it, and not its near miss`, () => {
      expect(judge(bad).reasons).to.include(reason);
      expect(judge(bad).pass).to.equal(false);
      expect(judge(near).reasons).not.to.include(reason);
    });
  }

  it("sees a face of light spots, and none when the mirror is broken or the picture stands on its head", () => {
    const light = FACE.map((level) => 255 - level);
    expect(judge(light).reasons).to.include("face");
    const shifted = moved(FACE, (x, y) => [x, x < 32 ? y : (y + 13) % SIDE]);
    expect(judge(shifted).scores["face"]).to.equal(0);
    const upended = moved(FACE, (x, y) => [x, SIDE - 1 - y]);
    expect(judge(upended).scores["face"]).to.be.below(
      judge(FACE).scores["face"] ?? 0,
    );
  });

  it("takes spots with a bar below for a face, and with a bar above or among many for an ornament", () => {
    const spots = (bar: number, rows: number): Uint8Array =>
      paint((x, y) => {
        const u = Math.min(x, SIDE - 1 - x);
        const eye = inDisc(u, y, 18, 28, 5);
        const mouth = u >= 22 && y >= bar && y <= bar + 4;
        const dot = inDisc(u % 8, y % 8, 3, 3, 2) && y >= 64 - 8 * rows;
        return eye || mouth || dot ? [20, 20, 60] : [240, 230, 200];
      });
    expect(judge(spots(42, 1)).reasons).to.include("face");
    expect(judge(spots(10, 1)).scores["face"]).to.equal(0);
    expect(judge(spots(42, 2)).scores["face"]).to.equal(0);
  });

  it("compares the grade with the threshold of the conditions", () => {
    const grade = judge(GOOD).scores["grade"] ?? 0;
    expect(judge(GOOD, grade).pass).to.equal(true);
    expect(judge(GOOD, grade + 1).reasons).to.deep.equal([LOW_GRADE]);
  });

  it("accepts the bounds themselves, and nothing beyond them", () => {
    const contrast = judge(GOOD).scores["contrast"] ?? 0;
    const passes = (bounds: { least?: number; most?: number }): boolean =>
      screen(GOOD, {
        config: {
          ...config,
          screens: [{ reason: "x", measure: "contrast", ...bounds }],
        },
        threshold: 0,
      }).pass;
    expect(passes({ least: contrast, most: contrast })).to.equal(true);
    expect(passes({ least: contrast + 1 })).to.equal(false);
    expect(passes({ most: contrast - 1 })).to.equal(false);
  });

  it("names each reason once, in the order of the configuration", () => {
    const screens = [
      ...config.screens,
      { reason: "blank", measure: "contrast" as const, least: 2_000 },
    ];
    const verdict = screen(new Uint8Array(SIDE * SIDE * 3), {
      config: { ...config, screens },
      threshold: 1,
    });
    expect(verdict.reasons).to.deep.equal([
      "blank",
      "low-contrast",
      "no-masses",
      "clipped",
      "brightness",
      "mud",
      "one-colour",
      "few-colours",
      "soft",
      "empty",
      "bare",
      LOW_GRADE,
    ]);
  });

  it("scores every measure that the configuration uses, in integers, whatever the picture", () => {
    fc.assert(
      fc.property(renders, (rgb) => {
        const { scores, pass, reasons } = judge(rgb);
        expect(Object.keys(scores).sort()).to.deep.equal(
          [...MEASURE_NAMES, "grade"].sort(),
        );
        for (const score of Object.values(scores))
          expect(Number.isSafeInteger(score) && score >= 0).to.equal(true);
        expect(scores["grade"]).to.be.at.most(10_000);
        expect(pass).to.equal(reasons.length === 0);
      }),
      { numRuns: 30 },
    );
  });

  it("pins the scores of three pictures", () => {
    expect(
      [GOOD, FACE, ORNAMENT].map((rgb) => judge(rgb).scores),
    ).to.deep.equal([
      {
        spread: 13474,
        contrast: 6643,
        massing: 3999,
        clipped: 0,
        brightness: 13888,
        banding: 3333,
        vividness: 10882,
        dominance: 2102,
        colours: 498,
        crispness: 17207,
        detail: 1833,
        bareness: 312,
        grain: 6548,
        balance: 7656,
        face: 0,
        mirrored: 4028,
        chroma: 10882,
        grade: 10000,
      },
      {
        spread: 11313,
        contrast: 6091,
        massing: 4865,
        clipped: 0,
        brightness: 19386,
        banding: 7094,
        vividness: 6091,
        dominance: 7065,
        colours: 181,
        crispness: 19702,
        detail: 503,
        bareness: 6875,
        grain: 1177,
        balance: 2609,
        face: 9,
        mirrored: 10000,
        chroma: 5777,
        grade: 6823,
      },
      {
        spread: 13996,
        contrast: 7713,
        massing: 2446,
        clipped: 0,
        brightness: 16444,
        banding: 4341,
        vividness: 10233,
        dominance: 3881,
        colours: 291,
        crispness: 20394,
        detail: 3284,
        bareness: 0,
        grain: 12399,
        balance: 9366,
        face: 0,
        mirrored: 10000,
        chroma: 10233,
        grade: 10000,
      },
    ]);
  });

  it("refuses a render of another size", () => {
    expect(thrownBy(() => judge(new Uint8Array(100))).code).to.equal(
      "guard/bad-preview",
    );
  });

  it("reads the configuration of the built-in recipe, whose screens stop a blank", async () => {
    const genesis = parseGuardConfig(
      new Uint8Array(await readFile("offchain/recipes/genesis/guard.json")),
    );
    expect(
      screen(
        paint(() => [90, 90, 90]),
        { config: genesis, threshold: 0 },
      ).pass,
    ).to.equal(false);
  });
});
