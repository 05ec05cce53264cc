import { expect } from "chai";

import { parseTraitTable } from "../../../offchain/rarity/table.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { fixtureTable } from "./table-fixture.ts";

type Draft = Record<string, unknown>;

const two = (name: string): Draft => ({
  name,
  values: [
    { name: "a", weight: 1 },
    { name: "b", weight: 1 },
  ],
});
const table = (traits: unknown, rules?: unknown): Draft => ({
  version: 1,
  traits,
  ...(rules === undefined ? {} : { rules }),
});
const rule = (
  from: string,
  value: string,
  to: string,
  limit: Draft,
): Draft => ({ when: { trait: from, values: [value] }, trait: to, ...limit });

describe("rarity/table", () => {
  it("reads bytes, text and parsed values alike", () => {
    const value = fixtureTable();
    const text = JSON.stringify(value);
    expect(parseTraitTable(text)).to.deep.equal(value);
    expect(parseTraitTable(new TextEncoder().encode(text))).to.deep.equal(
      value,
    );
  });

  const faults: [what: string, source: unknown, says: string][] = [
    ["text that is no JSON", "{", "not JSON"],
    ["another version", { version: 2, traits: [two("x")] }, "version"],
    ["no traits", table([]), "traits"],
    [
      "a stranger among the keys",
      table([{ ...two("x"), colour: 1 }]),
      "traits.0",
    ],
    [
      "a fraction as weight",
      table([{ name: "x", values: [{ name: "a", weight: 0.5 }] }]),
      "traits.0.values.0.weight",
    ],
    [
      "a negative weight",
      table([{ name: "x", values: [{ name: "a", weight: -1 }] }]),
      "weight",
    ],
    [
      "a weight that could overflow a draw",
      table([{ name: "x", values: [{ name: "a", weight: 10_001 }] }]),
      "weight",
    ],
    [
      "a response to what is no signal",
      table([
        {
          name: "x",
          values: [{ name: "a", weight: 1, response: { floor: 1 } }],
        },
      ]),
      "response",
    ],
    ["a trait twice", table([two("x"), two("x")]), "`x` twice"],
    [
      "a value twice",
      table([
        {
          name: "x",
          values: [
            { name: "a", weight: 1 },
            { name: "a", weight: 1 },
          ],
        },
      ]),
      "`a` twice",
    ],
    [
      "a trait that cannot come out",
      table([{ name: "x", values: [{ name: "a", weight: 0 }] }]),
      "above weight 0",
    ],
    ["a name with odd characters", table([two("x_y")]), "traits.0.name"],
    [
      "a rule on no trait",
      table([two("x"), two("y")], [rule("z", "a", "y", { not: ["a"] })]),
      "`z`",
    ],
    [
      "a rule on no value",
      table([two("x"), two("y")], [rule("x", "c", "y", { not: ["a"] })]),
      "`c`",
    ],
    [
      "a rule that looks back",
      table([two("x"), two("y")], [rule("y", "a", "x", { not: ["a"] })]),
      "look forward",
    ],
    [
      "a rule about itself",
      table([two("x")], [rule("x", "a", "x", { not: ["b"] })]),
      "look forward",
    ],
    [
      "a rule with both limits",
      table(
        [two("x"), two("y")],
        [rule("x", "a", "y", { not: ["a"], only: ["b"] })],
      ),
      "either",
    ],
    [
      "a rule that leaves only a value of weight 0",
      table(
        [
          two("x"),
          {
            name: "y",
            values: [
              { name: "a", weight: 1 },
              { name: "gone", weight: 0 },
            ],
          },
        ],
        [rule("x", "a", "y", { only: ["gone"] })],
      ),
      "x is `a`",
    ],
    [
      "rules that together leave nothing",
      table(
        [two("x"), two("y"), two("z")],
        [
          rule("x", "a", "z", { not: ["a"] }),
          rule("y", "b", "z", { not: ["b"] }),
        ],
      ),
      "x is `a` and y is `b`",
    ],
    [
      "more deciding traits than can be checked",
      table(
        Array.from({ length: 16 }, (_, i) => two(`t${i}`)),
        Array.from({ length: 15 }, (_, i) =>
          rule(`t${i}`, "a", "t15", { not: ["a"] }),
        ),
      ),
      "15 traits decide",
    ],
  ];
  for (const [what, source, says] of faults) {
    it(`refuses ${what}`, () => {
      const error = thrownBy(() => parseTraitTable(source));
      expect(error.code).to.equal("rarity/bad-table");
      expect(error.message)
        .to.include(says)
        .and.to.match(/^[^\n]*; [^\n]*\.$/);
    });
  }
});
