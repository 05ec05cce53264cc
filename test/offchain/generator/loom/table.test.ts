import { expect } from "chai";

import { planWeave } from "../../../../offchain/generator/loom/plan.ts";
import {
  defaultTable,
  kindOf,
} from "../../../../offchain/generator/loom/table.ts";
import { weaveVocabulary } from "../../../../offchain/generator/loom/vocabulary.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { rollTraits } from "../../../../offchain/rarity/roll.ts";
import { parseTraitTable } from "../../../../offchain/rarity/table.ts";
import { smallLoom, WOVEN } from "../../../kit/small-loom.ts";
import { thrownBy } from "../../../kit/thrown.ts";

describe("odds of woven works", () => {
  it("tell patterns from pictures by how codes vary over the sheet", async () => {
    expect(kindOf((await smallLoom()).adapter)).to.equal("patterns");
    expect(kindOf((await smallLoom(6)).adapter)).to.equal("scenes");
  });

  it("make a table that rarity reads and whose every draw can be planned", async () => {
    for (const layout of [0, 6]) {
      const { adapter, decoder } = await smallLoom(layout);
      const table = parseTraitTable(defaultTable(adapter, decoder));
      expect(table.traits.map(({ name }) => name)).to.deep.equal(
        Object.keys(weaveVocabulary(adapter)),
      );
      for (let n = 0; n < 40; n++) {
        const digest = new Uint8Array(32).fill(n);
        const traits = rollTraits({
          table,
          rng: createRng(digest),
          observation: NEUTRAL_OBSERVATION,
        });
        const plan = planWeave(
          { digest, traits, observation: NEUTRAL_OBSERVATION },
          adapter,
        );
        expect(plan.regions).to.have.lengthOf(plan.shapes.length + 1);
      }
    }
  });

  it("refuse a donor that the adapter has not", async () => {
    const { adapter } = await smallLoom();
    const plan = (): unknown =>
      planWeave(
        {
          digest: new Uint8Array(32),
          traits: { ...WOVEN, motif: "nobody" },
          observation: NEUTRAL_OBSERVATION,
        },
        adapter,
      );
    expect(thrownBy(plan)).to.have.property("code", "generator/unknown-trait");
  });
});
