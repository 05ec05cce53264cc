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
import { parseTraitTable } from "../../../offchain/rarity/table.ts";
import { marketOf, markets, sensitivities } from "./observations.ts";
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

  it("gives every trait a value, and obeys the rules on any market", () => {
    fc.assert(
      fc.property(
        fc.string(),
        markets,
        sensitivities,
        (seed, market, oddsSensitivity) => {
          const traits = roll(seed, { ...market, oddsSensitivity });
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
    const drawn = (draw: number): string | undefined => {
      const bounds: number[] = [];
      const rng: Rng = {
        ...createRng(new Uint8Array(32)),
        fork: () => rng,
        below: (n) => (bounds.push(n), draw),
      };
      const traits = rollTraits({
        table: small,
        rng,
        observation: NEUTRAL_OBSERVATION,
      });
      expect(bounds).to.deep.equal([3_000]);
      return traits["x"];
    };
    expect([0, 999, 1_000, 2_999].map(drawn)).to.deep.equal([
      "once",
      "once",
      "twice",
      "twice",
    ]);
  });

  const tested = {
    "a neutral market": NEUTRAL_OBSERVATION,
    "a wild fall": marketOf(1_500, -6_000, 500),
    "a calm rise": marketOf(80, 2_500, 9_000),
    "a market felt six times as strongly": {
      ...marketOf(500, 800, 6_000),
      oddsSensitivity: 60_000,
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
