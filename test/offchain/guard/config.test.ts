import { expect } from "chai";
import fc from "fast-check";

import {
  parseGuardConfig,
  type GuardConfig,
} from "../../../offchain/guard/config.ts";
import { gradeOf } from "../../../offchain/guard/grade.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { fixtureConfig } from "./guard-fixture.ts";

const config = fixtureConfig();
const term = {
  measure: "contrast",
  weight: 10_000,
  none: 100,
  full: 200,
} as const;

describe("guard/config", () => {
  it("reads bytes, text and parsed values alike", () => {
    const text = JSON.stringify(config);
    expect(parseGuardConfig(text)).to.deep.equal(config);
    expect(parseGuardConfig(new TextEncoder().encode(text))).to.deep.equal(
      config,
    );
  });

  const faults: [what: string, change: object][] = [
    ["another version", { version: 2 }],
    ["a stranger among the keys", { colour: 1 }],
    [
      "an unknown measure",
      { screens: [{ reason: "x", measure: "beauty", least: 1 }] },
    ],
    [
      "a screen without bounds",
      { screens: [{ reason: "x", measure: "contrast" }] },
    ],
    [
      "a bound with a fraction",
      { screens: [{ reason: "x", measure: "contrast", least: 0.5 }] },
    ],
    [
      "a reason that is no word",
      { screens: [{ reason: "X Y", measure: "contrast", least: 1 }] },
    ],
    ["weights that do not add up", { grade: [{ ...term, weight: 9_999 }] }],
    ["no grade", { grade: [] }],
    ["a ramp that runs backwards", { grade: [{ ...term, full: 100 }] }],
    ["half a falling ramp", { grade: [{ ...term, until: 300 }] }],
    [
      "a falling ramp out of order",
      { grade: [{ ...term, until: 150, over: 300 }] },
    ],
    [
      "a distance that every pair is within",
      { nearDuplicate: { distance: 256 } },
    ],
  ];
  for (const [what, change] of faults) {
    it(`refuses ${what}`, () => {
      const error = thrownBy(() => parseGuardConfig({ ...config, ...change }));
      expect(error.code).to.equal("guard/bad-config");
      expect(error.message)
        .to.match(/^[^\n]*; [^\n]*\.$/)
        .and.to.include(Object.keys(change)[0] ?? "");
    });
  }

  it("refuses text that is no JSON", () => {
    expect(thrownBy(() => parseGuardConfig("{")).code).to.equal(
      "guard/bad-config",
    );
  });
});

describe("guard/grade", () => {
  const terms: GuardConfig["grade"] = [
    { measure: "contrast", weight: 6_000, none: 100, full: 200 },
    {
      measure: "detail",
      weight: 4_000,
      none: 0,
      full: 10,
      until: 20,
      over: 40,
    },
  ];
  const grade = (contrast: number, detail: number): number =>
    gradeOf(terms, (name) => (name === "contrast" ? contrast : detail));

  it("is the stated sum of ramps", () => {
    expect(grade(0, 0)).to.equal(0);
    expect(grade(100, 0)).to.equal(0);
    expect(grade(150, 5)).to.equal(3_000 + 2_000);
    expect(grade(999, 10)).to.equal(10_000);
    expect(grade(200, 20)).to.equal(10_000);
    expect(grade(200, 30)).to.equal(8_000);
    expect(grade(200, 40)).to.equal(6_000);
    expect(grade(101, 0)).to.equal(60);
  });

  it("stays within 0..10000 and rises where the ramps rise", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(60), (a, b, detail) => {
        expect(grade(a, detail)).to.be.within(0, 10_000);
        if (a <= b) expect(grade(a, detail)).to.be.at.most(grade(b, detail));
      }),
    );
  });
});
