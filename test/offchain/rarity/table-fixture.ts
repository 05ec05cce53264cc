import {
  parseTraitTable,
  type TraitTable,
} from "../../../offchain/rarity/table.ts";

/** A table with everything a table can hold: responses, a value of weight 0, rules of both kinds, a chain of them. */
export function fixtureTable(): TraitTable {
  return parseTraitTable({
    version: 1,
    traits: [
      {
        name: "family",
        values: [
          { name: "petals", weight: 40, response: { volatility: -5_000 } },
          {
            name: "strata",
            weight: 30,
            response: { trend: 4_000, sentiment: 2_000 },
          },
          {
            name: "suprema",
            weight: 20,
            response: { volatility: 20_000, trend: -40_000 },
          },
          { name: "retired", weight: 0, response: { volatility: 40_000 } },
        ],
      },
      {
        name: "nesting",
        values: [
          { name: "none", weight: 6 },
          { name: "disc", weight: 3, response: { sentiment: 10_000 } },
          { name: "ring", weight: 1 },
        ],
      },
      {
        name: "inner family",
        values: [
          { name: "none", weight: 1 },
          { name: "liquid", weight: 5 },
          { name: "flow", weight: 5, response: { volatility: 10_000 } },
        ],
      },
    ],
    rules: [
      {
        when: { trait: "family", values: ["suprema"] },
        trait: "nesting",
        not: ["disc"],
      },
      {
        when: { trait: "nesting", values: ["none"] },
        trait: "inner family",
        only: ["none"],
      },
      {
        when: { trait: "nesting", values: ["disc", "ring"] },
        trait: "inner family",
        not: ["none"],
      },
    ],
  });
}
