import { expect } from "chai";
import fc from "fast-check";

import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import { odds } from "../../../offchain/rarity/odds.ts";
import { rarityScore } from "../../../offchain/rarity/score.ts";
import { thrownBy } from "../../kit/thrown.ts";
import {
  generations,
  marketOf,
  markets,
  sensitivities,
} from "./observations.ts";
import { fixtureTable } from "./table-fixture.ts";

const table = fixtureTable();

describe("rarity/odds", () => {
  it("states the exact chances on a neutral market, rules included", () => {
    const shares = odds({ table, observation: NEUTRAL_OBSERVATION }).map(
      ({ trait, value, share }) => [`${trait}/${value}`, share],
    );
    // nesting given suprema (2 in 9) is 6 to 1, else 6 to 3 to 1; the inner family is none exactly if nesting is.
    const none = (7 / 9) * 0.6 + (2 / 9) * (6 / 7);
    const disc = (7 / 9) * 0.3;
    const ring = (7 / 9) * 0.1 + (2 / 9) * (1 / 7);
    const inner = (disc + ring) / 2;
    const expected = {
      petals: 4 / 9,
      strata: 3 / 9,
      suprema: 2 / 9,
      retired: 0,
    };
    expect(shares).to.deep.equal([
      ...Object.entries(expected).map(([value, share]) => [
        `family/${value}`,
        Math.floor(share * 1e6),
      ]),
      ["nesting/none", Math.floor(none * 1e6)],
      ["nesting/disc", Math.floor(disc * 1e6)],
      ["nesting/ring", Math.floor(ring * 1e6)],
      ["inner family/none", Math.floor(none * 1e6)],
      ["inner family/liquid", Math.floor(inner * 1e6)],
      ["inner family/flow", Math.floor(inner * 1e6)],
    ]);
  });

  it("adds up to one for every trait, and keeps every living value alive, on any market", () => {
    fc.assert(
      fc.property(
        markets,
        sensitivities,
        generations,
        (market, sensitivityBps, generation) => {
          const observation = { ...market, generation };
          const all = odds({ table, observation, sensitivityBps });
          for (const { name, values } of table.traits) {
            const mine = all.filter(({ trait }) => trait === name);
            const sum = mine.reduce((total, { share }) => total + share, 0);
            expect(sum).to.be.within(1_000_000 - values.length, 1_000_000);
          }
          for (const { value, share, weight } of all) {
            if (value === "retired")
              expect([share, weight]).to.deep.equal([0, 0]);
            else expect(Math.min(share, weight)).to.be.greaterThan(0);
          }
        },
      ),
    );
  });

  it("states the odds of every generation, rules and market included", () => {
    const shares = [0, 1, 2, 3, 4, 15].map((generation) =>
      odds({ table, observation: { ...NEUTRAL_OBSERVATION, generation } }).map(
        ({ share }) => share,
      ),
    );
    // In the first generation a family has 3/4 of its own chance and 1/12: 15/36, 12/36, 9/36. Suprema's nesting is none or
    // ring at 6 to 1, which becomes 43/56 and 13/56; any other's is 64, 37 and 19 in 120.
    const none = (27 / 36) * (64 / 120) + (9 / 36) * (43 / 56);
    const disc = (27 / 36) * (37 / 120);
    const ring = (27 / 36) * (19 / 120) + (9 / 36) * (13 / 56);
    const inner = (disc + ring) / 2;
    const first = [15 / 36, 12 / 36, 9 / 36, 0, none, disc, ring, none];
    [...first, inner, inner].forEach((share, i) => {
      expect(shares[1]?.[i]).to.be.within(share * 1e6 - 1, share * 1e6 + 1);
    });
    // From the fourth on a family is one in three, suprema's nesting one in two, any other's one in three.
    const even = [
      [1 / 3, 1 / 3, 1 / 3, 0],
      [7 / 18, 2 / 9, 7 / 18],
      [7 / 18, 11 / 36, 11 / 36],
    ];
    even.flat().forEach((share, i) => {
      expect(shares[4]?.[i]).to.be.within(share * 1e6 - 1, share * 1e6 + 1);
    });
    expect(shares[5]).to.deep.equal(shares[4]);
    // The rarest value of each trait gains with every generation.
    for (const rarest of [2, 6])
      for (const g of [1, 2, 3, 4])
        expect(shares[g]?.[rarest]).to.be.greaterThan(
          shares[g - 1]?.[rarest] ?? NaN,
        );
  });

  it("states weights that compare with those of the same trait", () => {
    const [petals, strata, suprema, retired] = odds({
      table,
      observation: { ...NEUTRAL_OBSERVATION, generation: 1 },
    });
    expect(
      [petals, strata, suprema, retired].map((value) => value?.weight),
    ).to.deep.equal([450_000, 360_000, 270_000, 0]);
  });

  it("moves with the market the way the responses point", () => {
    const share = (trend: number): number =>
      odds({ table, observation: marketOf(300, trend, 5_000) })[2]?.share ?? 0;
    expect([share(-5_000), share(0), share(5_000)]).to.deep.equal([
      556_541, 222_222, 30_845,
    ]);
  });
});

describe("rarity/score", () => {
  it("is the sum of one over each chance, in thousandths", () => {
    const common = {
      family: "petals",
      nesting: "none",
      "inner family": "none",
    };
    const rare = { family: "suprema", nesting: "ring", "inner family": "flow" };
    const none = (7 / 9) * 0.6 + (2 / 9) * (6 / 7);
    expect(rarityScore({ table, traits: common })).to.be.within(
      1_000 * (9 / 4 + 2 / none) - 3,
      1_000 * (9 / 4 + 2 / none) + 3,
    );
    expect(rarityScore({ table, traits: rare })).to.be.greaterThan(
      rarityScore({ table, traits: common }),
    );
  });

  it("refuses traits that the table cannot draw", () => {
    for (const traits of [
      { family: "petals" },
      { family: "retired", nesting: "none", "inner family": "none" },
    ]) {
      expect(thrownBy(() => rarityScore({ table, traits })).code).to.equal(
        "rarity/unknown-trait",
      );
    }
  });
});
