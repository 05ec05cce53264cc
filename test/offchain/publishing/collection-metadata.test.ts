import { expect } from "chai";

import {
  collectionBytes,
  parseCollection,
  type CollectionFacts,
} from "../../../offchain/publishing/collection-metadata.ts";
import { metadataBytes } from "../../../offchain/publishing/metadata.ts";
import { pictureExtension } from "../../../offchain/publishing/picture-type.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { openSeaCollection, openSeaToken } from "../../kit/opensea-schema.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const IMAGE = `bafkrei${"a".repeat(52)}`;

async function facts(): Promise<CollectionFacts> {
  const recipe = await buildRecipe(recipeFixture());
  return {
    name: "Generative Loop",
    symbol: "LOOP",
    description: "Works that follow a market.",
    image: IMAGE,
    chainId: 11_155_111,
    collection: `0x${"c0".repeat(20)}`,
    recipes: [recipe.id],
    recipe,
    seedDelay: 4,
  };
}

const json = (bytes: Uint8Array): unknown =>
  JSON.parse(new TextDecoder().decode(bytes));

describe("publishing/collection-metadata", () => {
  it("says what ERC-7572 and OpenSea name, and by which rules the works are made", async () => {
    const all = await facts();
    const given = {
      ...all,
      banner: IMAGE,
      featured: IMAGE,
      externalLink: "https://example.org/loop",
      collaborators: [`0x${"a1".repeat(20)}`] as const,
    };
    const bytes = collectionBytes(given);
    expect(openSeaCollection.parse(json(bytes))).to.deep.include({
      name: "Generative Loop",
      symbol: "LOOP",
      image: `ipfs://${IMAGE}`,
      banner_image: `ipfs://${IMAGE}`,
      featured_image: `ipfs://${IMAGE}`,
      external_link: "https://example.org/loop",
      collaborators: [`0x${"a1".repeat(20)}`],
    });
    const { properties } = parseCollection(bytes);
    const { manifest, id, cid } = all.recipe as Awaited<
      ReturnType<typeof buildRecipe>
    >;
    const uri = `ipfs://${cid.toString()}`;
    expect(properties.recipes).to.deep.equal([{ id, uri }]);
    expect(properties.engine).to.equal(manifest.engine);
    expect(properties.licence).to.deep.equal({
      sha256: manifest.holderLicence.sha256,
      uri: `${uri}/${manifest.holderLicence.path}`,
    });
    expect(properties.chain.id).to.equal(11_155_111);
  });

  it("leaves out what is not there, and is the same bytes for the same facts", async () => {
    const bytes = collectionBytes(await facts());
    expect(collectionBytes({ ...(await facts()) })).to.deep.equal(bytes);
    for (const field of ["banner_image", "external_link", "collaborators"])
      expect(json(bytes)).not.to.have.property(field);
  });

  for (const wrong of [
    { name: "" },
    { description: "" },
    { symbol: "A SYMBOL OF MANY LETTERS" },
    { image: "not-a-cid" },
    { externalLink: "http://example.org" },
    { externalLink: "javascript:alert(1)" },
    { collaborators: ["0x12"] as unknown as readonly `0x${string}`[] },
  ])
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const given = { ...(await facts()), ...wrong };
      await expectCode(
        () => collectionBytes(given),
        "publishing/bad-collection",
      );
    });

  it("refuses a file with more in it, or none", async () => {
    const more = {
      ...(json(collectionBytes(await facts())) as object),
      more: 1,
    };
    for (const bytes of [utf8(JSON.stringify(more)), utf8("{}"), utf8("no")])
      await expectCode(
        () => parseCollection(bytes),
        "publishing/bad-collection",
      );
  });

  it("knows pictures by their first bytes, and refuses what may hold code", async () => {
    const from = (...bytes: number[]) => Uint8Array.from([...bytes, 0, 0, 0]);
    const png = from(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
    expect(pictureExtension(png, "a")).to.equal("png");
    expect(pictureExtension(from(0xff, 0xd8, 0xff), "a")).to.equal("jpg");
    expect(pictureExtension(utf8("GIF89a"), "a")).to.equal("gif");
    expect(pictureExtension(utf8("RIFF....WEBP"), "a")).to.equal("webp");
    for (const bytes of [utf8("<svg/>"), utf8(""), png.slice(1)])
      await expectCode(
        () => pictureExtension(bytes, "a"),
        "publishing/bad-picture",
      );
  });

  it("gives tokens metadata that OpenSea reads, numbers as numbers", async () => {
    const { recipe } = await facts();
    const bytes = metadataBytes({
      recipe,
      tokenId: 2_000_017n,
      imageCid: IMAGE,
      traits: { palette: "Dusk", nesting: "3" },
      seed: `0x${"ab".repeat(32)}`,
      attempt: 0,
      conditions: `0x${"01".repeat(32)}`,
      size: 512,
      generation: 2,
      evolution: { light: -4 },
    });
    const { attributes } = openSeaToken.parse(json(bytes));
    expect(attributes).to.deep.include({
      display_type: "number",
      trait_type: "Evolved light",
      value: -4,
    });
  });
});

describe("kit/opensea-schema", () => {
  const token = {
    name: "A",
    description: "B",
    image: "ipfs://c",
    attributes: [] as unknown[],
  };
  const reads = (attribute: unknown): boolean =>
    openSeaToken.safeParse({ ...token, attributes: [attribute] }).success;

  it("takes every kind of attribute that is published, and nothing else", () => {
    for (const good of [
      { trait_type: "Base", value: "Starfish" },
      { trait_type: "Level", value: 5 },
      { trait_type: "Level", value: 5, max_value: 10 },
      { display_type: "number", trait_type: "Generation", value: 2 },
      { display_type: "boost_number", trait_type: "Power", value: 40 },
      { display_type: "boost_percentage", trait_type: "Stamina", value: 10 },
      { display_type: "date", trait_type: "Birthday", value: 1_546_360_800 },
      { value: "Happy" },
    ])
      expect(reads(good), JSON.stringify(good)).to.equal(true);
    for (const bad of [
      { display_type: "number", trait_type: "Generation", value: "2" },
      { display_type: "rank", trait_type: "Generation", value: 2 },
      { display_type: "date", trait_type: "Birthday", value: "2019-01-01" },
      { trait_type: "Base" },
      { trait_type: "Base", value: { nested: true } },
      { trait_type: "Base", value: "A", note: "more" },
    ])
      expect(reads(bad), JSON.stringify(bad)).to.equal(false);
  });
});
