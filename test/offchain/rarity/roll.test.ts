import { expect } from "chai";
import fc from "fast-check";

import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../offchain/kernel/observation.ts";
import { createRng, type Rng } from "../../../offchain/kernel/rng.ts";
import type { Traits } from "../../../offchain/kernel/traits.ts";
import { odds } from "../../../offchain/rarity/odds.ts";
import { rollTraits } from "../../../offchain/rarity/roll.ts";
import {
  MAX_RESPONSE,
  MAX_VALUES,
  MAX_WEIGHT,
  parseTraitTable,
} from "../../../offchain/rarity/table.ts";
import {
  generations,
  marketOf,
  markets,
  sensitivities,
} from "./observations.ts";
import { fixtureTable } from "./table-fixture.ts";

const table = fixtureTable();
const roll = (seed: string, observation: Observation, from = table): Traits =>
  rollTraits({
    table: from,
    rng: createRng(keccak256(utf8(seed))),
    observation,
  });

describe("rarity/roll", () => {
  it("pins what some seeds draw", () => {
    const wild = marketOf(2_000, -3_000, 1_000);
    const drawn = ["one", "two", "three", "four", "five", "six"].flatMap(
      (seed) =>
        [NEUTRAL_OBSERVATION, wild].map((market) =>
          Object.values(roll(seed, market)).join("/"),
        ),
    );
    expect(drawn).to.deep.equal([
      "strata/none/none",
      "petals/none/none",
      "suprema/none/none",
      "suprema/none/none",
      "strata/none/none",
      "suprema/none/none",
      "petals/none/none",
      "suprema/none/none",
      "strata/none/none",
      "petals/none/none",
      "strata/none/none",
      "strata/none/none",
    ]);
  });

  it("pins what the same seeds draw for forged works", () => {
    const drawn = ["one", "two", "three", "four", "five", "six"].map((seed) =>
      [1, 2, 3, 4].map((generation) =>
        Object.values(roll(seed, { ...NEUTRAL_OBSERVATION, generation })).join(
          "/",
        ),
      ),
    );
    expect(drawn).to.deep.equal([
      [
        "strata/none/none",
        "strata/none/none",
        "strata/none/none",
        "suprema/ring/liquid",
      ],
      [
        "suprema/none/none",
        "suprema/ring/flow",
        "suprema/ring/flow",
        "suprema/ring/flow",
      ],
      [
        "suprema/none/none",
        "suprema/none/none",
        "suprema/ring/flow",
        "suprema/ring/flow",
      ],
      [
        "suprema/none/none",
        "suprema/none/none",
        "suprema/none/none",
        "suprema/none/none",
      ],
      [
        "petals/disc/flow",
        "petals/disc/flow",
        "petals/ring/flow",
        "petals/ring/flow",
      ],
      [
        "suprema/ring/liquid",
        "suprema/ring/liquid",
        "suprema/ring/liquid",
        "suprema/ring/liquid",
      ],
    ]);
  });

  it("draws the same from the fourth generation on", () => {
    fc.assert(
      fc.property(fc.string(), markets, (seed, market) => {
        expect(roll(seed, { ...market, generation: 15 })).to.deep.equal(
          roll(seed, { ...market, generation: 4 }),
        );
      }),
    );
  });

  it("gives every trait a value, and obeys the rules on any market", () => {
    fc.assert(
      fc.property(
        fc.string(),
        markets,
        sensitivities,
        generations,
        (seed, market, oddsSensitivity, generation) => {
          const observation = { ...market, oddsSensitivity, generation };
          const traits = roll(seed, observation);
          expect(Object.keys(traits)).to.deep.equal([
            "family",
            "nesting",
            "inner family",
          ]);
          expect(traits["family"]).to.be.oneOf(["petals", "strata", "suprema"]);
          if (traits["family"] === "suprema")
            expect(traits["nesting"]).not.to.equal("disc");
          expect(traits["inner family"] === "none").to.equal(
            traits["nesting"] === "none",
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes the sensitivity of the conditions unless told otherwise", () => {
    const market = { ...marketOf(5_000, -20_000, 0), oddsSensitivity: 0 };
    for (let i = 0; i < 50; i++) {
      expect(roll(`${i}`, market)).to.deep.equal(
        roll(`${i}`, NEUTRAL_OBSERVATION),
      );
      const rng = createRng(keccak256(utf8(`${i}`)));
      expect(
        rollTraits({
          table,
          rng,
          observation: { ...market, oddsSensitivity: 9 },
          sensitivityBps: 0,
        }),
      ).to.deep.equal(roll(`${i}`, market));
    }
  });

  it("leaves the other traits alone when one is added in front", () => {
    const extra = {
      name: "extra",
      values: [
        { name: "a", weight: 1 },
        { name: "b", weight: 2 },
      ],
    };
    const larger = parseTraitTable({
      ...table,
      traits: [extra, ...table.traits],
    });
    for (let i = 0; i < 100; i++)
      expect(roll(`${i}`, NEUTRAL_OBSERVATION, larger)).to.include(
        roll(`${i}`, NEUTRAL_OBSERVATION),
      );
  });

  it("gives each value exactly the draws of its weight", () => {
    const small = parseTraitTable({
      version: 1,
      traits: [
        {
          name: "x",
          values: [
            { name: "never", weight: 0 },
            { name: "once", weight: 1 },
            { name: "nor this", weight: 0 },
            { name: "twice", weight: 2 },
          ],
        },
      ],
    });
    const drawn = (
      generation: number,
      bounds: readonly number[],
      ...draws: number[]
    ): string | undefined => {
      const asked: number[] = [];
      const rng: Rng = {
        ...createRng(new Uint8Array(32)),
        fork: () => rng,
        below: (n) => (asked.push(n), draws.shift() ?? NaN),
      };
      const observation = { ...NEUTRAL_OBSERVATION, generation };
      const traits = rollTraits({ table: small, rng, observation });
      expect(asked).to.deep.equal(bounds);
      return traits["x"];
    };
    expect(
      [0, 999, 1_000, 2_999].map((draw) => drawn(0, [3_000], draw)),
    ).to.deep.equal(["once", "once", "twice", "twice"]);

    // Eight totals of 3,000: in the first generation 3 * 2 * 1,000 + 3,000 = 9,000 of 24,000 for the first of the two.
    const forged = [
      [0, 0],
      [2, 2_999],
      [3, 0],
      [7, 2_999],
    ].map((draws) => drawn(1, [8, 3_000], ...draws));
    expect(forged).to.deep.equal(["once", "once", "twice", "twice"]);
    const even = [
      [0, 0],
      [3, 2_999],
      [4, 0],
      [7, 2_999],
    ].map((draws) => drawn(4, [8, 3_000], ...draws));
    expect(even).to.deep.equal(["once", "once", "twice", "twice"]);
  });

  it("draws from the largest table there can be in every generation", () => {
    const values = Array.from({ length: MAX_VALUES }, (_, i) => ({
      name: `v${i}`,
      weight: MAX_WEIGHT,
      response: { sentiment: MAX_RESPONSE },
    }));
    const largest = parseTraitTable({
      version: 1,
      traits: [{ name: "x", values }],
    });
    const market = { ...marketOf(0, 0, 10_000), oddsSensitivity: 65_535 };
    for (const generation of [0, 1, 4])
      for (let i = 0; i < 50; i++)
        expect(roll(`${i}`, { ...market, generation }, largest)["x"]).to.match(
          /^v\d+$/,
        );
  });

  const tested = {
    "a neutral market": NEUTRAL_OBSERVATION,
    "a wild fall": marketOf(1_500, -6_000, 500),
    "a calm rise": marketOf(80, 2_500, 9_000),
    "a market felt six times as strongly": {
      ...marketOf(500, 800, 6_000),
      oddsSensitivity: 60_000,
    },
    "a neutral market in the first generation": {
      ...NEUTRAL_OBSERVATION,
      generation: 1,
    },
    "a wild fall in the third generation": {
      ...marketOf(1_500, -6_000, 500),
      generation: 3,
    },
  };
  for (const [name, observation] of Object.entries(tested)) {
    it(`draws as often as the odds say on ${name} (chi-square, 8,000 fixed draws)`, () => {
      const draws = 8_000;
      const seen = new Map<string, number>();
      const rng = createRng(keccak256(utf8(name)));
      for (let i = 0; i < draws; i++) {
        for (const [trait, value] of Object.entries(
          rollTraits({ table, rng: rng.fork(`${i}`), observation }),
        )) {
          seen.set(
            `${trait}/${value}`,
            (seen.get(`${trait}/${value}`) ?? 0) + 1,
          );
        }
      }
      for (const { name: trait } of table.traits) {
        const chances = odds({ table, observation }).filter(
          (entry) => entry.trait === trait && entry.share > 0,
        );
        const chiSquare = chances.reduce((sum, { value, share }) => {
          const expected = (share * draws) / 1_000_000;
          return (
            sum +
            ((seen.get(`${trait}/${value}`) ?? 0) - expected) ** 2 / expected
          );
        }, 0);
        // Two degrees of freedom: 13.8 is passed by chance once in a thousand times, and the draws are fixed.
        expect(chances.length).to.equal(3);
        expect(chiSquare, trait).to.be.below(13.8);
      }
    });
  }
});
