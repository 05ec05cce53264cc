import { readFileSync } from "node:fs";

import { expect } from "chai";

import { VOCABULARY } from "../../../../offchain/generator/work/traits.ts";
import { parseTraitTable } from "../../../../offchain/rarity/table.ts";

describe("the built-in trait table", () => {
  const file = new URL(
    "../../../../offchain/recipes/genesis/traits.json",
    import.meta.url,
  );
  const table = parseTraitTable(readFileSync(file));

  it("weighs every trait that the generator reads, and nothing else", () => {
    expect(table.traits.map(({ name }) => name).sort()).to.deep.equal(
      Object.keys(VOCABULARY).sort(),
    );
    for (const { name, values } of table.traits)
      expect(values.map((value) => value.name).sort()).to.deep.equal(
        [...VOCABULARY[name as keyof typeof VOCABULARY]].sort(),
      );
  });
});
