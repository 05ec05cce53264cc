import { expect } from "chai";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import { assemble } from "../../../offchain/loop/assemble.ts";
import {
  parseMetadata,
  type TokenMetadata,
} from "../../../offchain/publishing/metadata.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";

const hash: Hex = `0x${"00".repeat(8)}`;

async function metadataFor(generation: number): Promise<TokenMetadata> {
  const files = new Map<string, unknown>();
  await assemble({
    batch: 3,
    seed: `0x${"ab".repeat(32)}`,
    conditions: packObservation({
      ...NEUTRAL_OBSERVATION,
      sizeLog2: 6,
      generation,
    }),
    recipe: await mintableRecipe(),
    works: [
      {
        index: 0,
        tried: [
          {
            attempt: 0,
            digest: `0x${"cd".repeat(32)}`,
            traits: { family: "dunes" },
            hash,
            verdict: { pass: true, scores: {}, reasons: [] },
            reasons: [],
          },
        ],
      },
    ],
    picture: () => Promise.resolve(Uint8Array.of(1, 2, 3)),
    sink: {
      put: () => undefined,
      finish: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    },
    hash: sha256,
    onFile: (path, content) => Promise.resolve(void files.set(path, content)),
  });
  return parseMetadata(files.get("3000000.json") as Uint8Array);
}

describe("loop/assemble", () => {
  it("tells the generation and the size of the conditions apart", async () => {
    const forged = await metadataFor(15);
    expect(forged.properties.size).to.equal(64);
    expect(forged.attributes).to.deep.include({
      display_type: "number",
      trait_type: "Generation",
      value: 15,
    });
    const ordinary = await metadataFor(0);
    expect(
      ordinary.attributes.map(({ trait_type }) => trait_type),
    ).to.deep.equal(["family", "Batch"]);
  });
});
