import { expect } from "chai";

import { parseGuardConfig } from "../../../../offchain/guard/config.ts";
import { screen } from "../../../../offchain/guard/screen.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";
import { guardBounds } from "../../../../offchain/loop/calibrate/guard-bounds.ts";
import { discs, painted } from "../../generator/likeness/sets.ts";
import { blurred, stream } from "../../guard/pictures.ts";

/** Datasets of several kinds, each unlike what the built-in recipe draws. */
const KINDS: Record<string, Uint8Array[]> = {
  "spots of two colours": discs("kind", 8),
  "two flat fields": [...Array(9).keys()].map((k) =>
    painted((x) => (x < 20 + 3 * k ? [220, 30 + 8 * k, 40] : [250, 250, 250])),
  ),
  "stripes from rim to rim": [...Array(8).keys()].map((k) =>
    painted((_, y) => (y % (14 + k) < 8 ? [0, 40, 120] : [250, 220, 30 * k])),
  ),
  "pale lines on paper": [...Array(10).keys()].map((k) =>
    painted((x, y) =>
      (x * (k + 2) + y * 3) % 31 < 2 ? [150, 140, 120] : [244, 240, 228],
    ),
  ),
  "dark and dense": [...Array(8).keys()].map((k) => {
    const rng = stream(`dense ${k}`);
    const cells = Array.from({ length: 256 }, () => rng.below(70));
    return painted((x, y) => {
      const level = cells[(y >> 2) * 16 + (x >> 2)] ?? 0;
      return [level, level >> 1, 60 - (level >> 1)];
    });
  }),
};

describe("loop/calibrate/guard-bounds", () => {
  for (const [kind, pictures] of Object.entries(KINDS)) {
    const config = parseGuardConfig(guardBounds(pictures));
    const judge = (rgb: Uint8Array): readonly string[] =>
      screen(rgb, { config, threshold: NEUTRAL_OBSERVATION.guardThreshold })
        .reasons;

    it(`lets a dataset of ${kind} pass, with the highest grade`, () => {
      for (const picture of pictures) {
        expect(judge(picture)).to.deep.equal([]);
        const { scores } = screen(picture, { config, threshold: 0 });
        expect(scores["grade"]).to.equal(10_000);
      }
    });

    it(`rejects blanks, mud and noise beside ${kind}`, () => {
      const rng = stream("noise");
      const noise = painted(() => [
        rng.below(256),
        rng.below(256),
        rng.below(256),
      ]);
      const mud = painted((x, y) => [118 + ((x + y) >> 4), 116, 110]);
      for (const level of [0, 120, 255])
        expect(judge(painted(() => [level, level, level]))).to.include("blank");
      expect(judge(noise)).to.include("noisy");
      expect(judge(mud)).not.to.deep.equal([]);
      expect(judge(blurred(pictures[0] ?? mud, 9))).not.to.deep.equal([]);
    });
  }

  it("does not depend on the order of the pictures", () => {
    const [set] = Object.values(KINDS) as [Uint8Array[]];
    expect(guardBounds(set.toReversed())).to.deep.equal(guardBounds(set));
  });

  it("lets no dataset allow blanks, even one that holds a blank", () => {
    const config = parseGuardConfig(
      guardBounds([...discs("with a blank", 7), painted(() => [9, 9, 9])]),
    );
    const blank = painted(() => [90, 90, 90]);
    expect(screen(blank, { config, threshold: 0 }).reasons).to.include("blank");
  });

  it("still grades, by colours alone, where a dataset has nothing else in every picture", () => {
    const blanks = [1, 2, 3, 4].map(() => painted(() => [0, 0, 0]));
    const { grade } = parseGuardConfig(guardBounds(blanks));
    expect(grade.map(({ measure }) => measure)).to.include("colours");
  });
});
