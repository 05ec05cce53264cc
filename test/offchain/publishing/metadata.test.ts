import { expect } from "chai";

import { toHex, utf8 } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import {
  DIGITAL_SOURCE_TYPE,
  metadataBytes,
  parseMetadata,
  type MetadataFacts,
} from "../../../offchain/publishing/metadata.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { thrownBy } from "../../kit/thrown.ts";

const imageCid = `bafkrei${"a".repeat(52)}`;

async function facts(): Promise<MetadataFacts> {
  return {
    recipe: await buildRecipe(recipeFixture()),
    tokenId: 2_000_017n,
    imageCid,
    traits: { palette: "Dusk", family: "Veil", nesting: "3", line: "-0" },
    seed: `0x${"ab".repeat(32)}`,
    attempt: 4,
    conditions: `0x${"01".repeat(32)}`,
    size: 512,
    generation: 0,
  };
}

describe("publishing/metadata", () => {
  it("says what marketplaces show", async () => {
    const metadata = parseMetadata(metadataBytes(await facts()));
    expect(metadata.name).to.equal("Trial #2000017");
    expect(metadata.description).to.equal("A recipe for tests.");
    expect(metadata.image).to.equal(`ipfs://${imageCid}`);
    expect(metadata).not.to.have.property("external_url");
    expect(metadata.attributes).to.deep.equal([
      { trait_type: "family", value: "Veil" },
      { trait_type: "line", value: "-0" },
      { display_type: "number", trait_type: "nesting", value: 3 },
      { trait_type: "palette", value: "Dusk" },
      { display_type: "number", trait_type: "Batch", value: 2 },
    ]);
  });

  it("says the generation of a forged work, and no more than before of any other", async () => {
    const given = await facts();
    const plain = parseMetadata(metadataBytes(given));
    const forged = parseMetadata(metadataBytes({ ...given, generation: 3 }));
    expect(forged).to.deep.equal({
      ...plain,
      attributes: [
        ...plain.attributes,
        { display_type: "number", trait_type: "Generation", value: 3 },
      ],
    });
    expect(toHex(sha256(metadataBytes(given)))).to.equal(
      "0xa0b1954f3fe5b4f5f2e8bdbb802367fc425788c2535d9e5287143fb50ba1d822",
    );
  });

  it("says how far a work has evolved, and nothing of it at genesis", async () => {
    const given = await facts();
    const plain = parseMetadata(metadataBytes(given));
    const steps = { unrest: 2, drift: -3, warmth: 0 };
    const evolved = parseMetadata(
      metadataBytes({ ...given, evolution: steps }),
    );
    expect(evolved).to.deep.equal({
      ...plain,
      attributes: [
        ...plain.attributes,
        ...[
          ["Evolved drift", -3],
          ["Evolved unrest", 2],
          ["Evolved warmth", 0],
        ].map(([trait_type, value]) => ({
          display_type: "number",
          trait_type,
          value,
        })),
      ],
      properties: { ...plain.properties, evolution: steps },
    });
    const turned = Object.fromEntries(Object.entries(steps).toReversed());
    expect(metadataBytes({ ...given, evolution: turned })).to.deep.equal(
      metadataBytes({ ...given, evolution: steps }),
    );
  });

  it("says all that a rebuild takes, and that a model made the picture", async () => {
    const given = await facts();
    const { manifest, id } = given.recipe;
    const { properties } = parseMetadata(metadataBytes(given));
    const recipe = await buildRecipe(recipeFixture());
    expect(properties).to.deep.equal({
      version: 1,
      engine: 1,
      recipe: { id, uri: `ipfs://${recipe.cid.toString()}` },
      batch: 2,
      index: 17,
      seed: given.seed,
      attempt: 4,
      conditions: given.conditions,
      size: 512,
      model: {
        kernels: manifest.model.kernels.sha256,
        weights: manifest.model.weights.sha256,
      },
      adapter: null,
      licences: {
        dataset: manifest.licences.sha256,
        holder: manifest.holderLicence.sha256,
      },
      digitalSourceType: DIGITAL_SOURCE_TYPE,
    });
  });

  it("links the recipe's web page and names its adapter, where it has them", async () => {
    const reference = {
      path: "adapter.lora",
      sha256: `0x${"0c".repeat(32)}`,
      bytes: 3,
    } as const;
    const { manifest, id } = (await facts()).recipe;
    const changed = {
      ...manifest,
      externalUrl: "https://example.com/",
      adapter: reference,
    };
    const metadata = parseMetadata(
      metadataBytes({ ...(await facts()), recipe: { id, manifest: changed } }),
    );
    expect(metadata.external_url).to.equal("https://example.com/");
    expect(metadata.properties.adapter).to.equal(reference.sha256);
  });

  it("does not depend on the order of traits", async () => {
    const given = await facts();
    const traits = Object.fromEntries(
      Object.entries(given.traits).toReversed(),
    );
    expect(metadataBytes({ ...given, traits })).to.deep.equal(
      metadataBytes(given),
    );
  });

  it("refuses another form when read back", async () => {
    const good = JSON.parse(
      new TextDecoder().decode(metadataBytes(await facts())),
    ) as Record<string, unknown>;
    for (const change of [
      { image: "https://example.com/1.png" },
      { image: "ipfs://short" },
      { attributes: [{ trait_type: "a", value: 1 }] },
      { properties: undefined },
      { more: 1 },
    ])
      expect(
        thrownBy(() =>
          parseMetadata(utf8(JSON.stringify({ ...good, ...change }))),
        ).code,
      ).to.equal("publishing/bad-metadata");
  });
});
