import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { canonicalBytes } from "../kernel/json.ts";
import { digestToCid } from "./cid.ts";
import { DIGITAL_SOURCE_TYPE } from "./metadata.ts";
import type { RecipeManifest } from "./recipe-manifest.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";

/** Name of the file in the collection's directory; `contractURI` ends with it. */
export const COLLECTION_FILE = "collection.json";

const ipfsUri = z.string().regex(/^ipfs:\/\/b[a-z2-7]{58}(\/[a-z0-9.-]+)*$/);
const address = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x[0-9a-f]{40}$/.test(value),
  { message: "is no address" },
);

/** How a seed comes to be, in words: what a reader of the file alone should know. */
const SEED_RULE =
  "keccak256(abi.encode(word, batch, recipe, conditions)); word is the mixHash of the header of the seed block, or its hash where that is zero";

/**
 * The form of `collection.json`: ERC-7572 and OpenSea's contract-level metadata, and under `properties` by which rules and under which
 * licence its works were made.
 */
export const collectionMetadata = z.strictObject({
  name: z.string().min(1).max(80),
  symbol: z.string().min(1).max(16),
  description: z.string().min(1).max(2_000),
  /** Pictures by their own CIDs: their path would hold the root, which depends on this file. */
  image: ipfsUri,
  banner_image: z.exactOptional(ipfsUri),
  featured_image: z.exactOptional(ipfsUri),
  external_link: z.exactOptional(z.url({ protocol: /^https$/ })),
  /** Who may edit the page beside `owner()`. */
  collaborators: z.exactOptional(z.array(address).min(1)),
  properties: z.strictObject({
    version: z.literal(1),
    chain: z.strictObject({
      id: z.int().positive(),
      collection: address,
    }),
    /** Every recipe that was registered, in order. */
    recipes: z.array(z.strictObject({ id: bytes32, uri: ipfsUri })),
    /** Of the recipe that the file was made with: version of its code, and what a holder may do with his picture. */
    engine: z.int().positive(),
    licence: z.strictObject({ sha256: bytes32, uri: ipfsUri }),
    seed: z.strictObject({
      rule: z.string(),
      /** Blocks from an opening to its seed block. */
      delay: z.int().positive(),
    }),
    digitalSourceType: z.literal(DIGITAL_SOURCE_TYPE),
  }),
});

/** A parsed {@link collectionMetadata}. */
export type CollectionMetadata = z.infer<typeof collectionMetadata>;

/** What a collection's metadata says; pictures are the CIDs of files. */
export interface CollectionFacts {
  readonly name: string;
  readonly symbol: string;
  readonly description: string;
  readonly image: string;
  readonly banner?: string | undefined;
  readonly featured?: string | undefined;
  readonly externalLink?: string | undefined;
  readonly collaborators?: readonly Hex[] | undefined;
  readonly chainId: number;
  readonly collection: Hex;
  readonly recipes: readonly Hex[];
  readonly recipe: { readonly id: Hex; readonly manifest: RecipeManifest };
  readonly seedDelay: number;
}

/** The bytes of `collection.json`: canonical, so equal facts are one file. Facts that the form refuses throw as {@link parseCollection}. */
export function collectionBytes(facts: CollectionFacts): Uint8Array {
  const { recipe, banner, featured, externalLink, collaborators } = facts;
  const { manifest, id } = recipe;
  const licence = manifest.holderLicence;
  const metadata: CollectionMetadata = {
    name: facts.name,
    symbol: facts.symbol,
    description: facts.description,
    image: `ipfs://${facts.image}`,
    ...(banner === undefined ? {} : { banner_image: `ipfs://${banner}` }),
    ...(featured === undefined ? {} : { featured_image: `ipfs://${featured}` }),
    ...(externalLink === undefined ? {} : { external_link: externalLink }),
    ...(collaborators === undefined || collaborators.length === 0
      ? {}
      : { collaborators: [...collaborators] }),
    properties: {
      version: 1,
      chain: { id: facts.chainId, collection: facts.collection },
      recipes: facts.recipes.map((each) => ({ id: each, uri: uriOf(each) })),
      engine: manifest.engine,
      licence: { sha256: licence.sha256, uri: `${uriOf(id)}/${licence.path}` },
      seed: { rule: SEED_RULE, delay: facts.seedDelay },
      digitalSourceType: DIGITAL_SOURCE_TYPE,
    },
  };
  const bytes = canonicalBytes(metadata);
  parseCollection(bytes);
  return bytes;
}

/**
 * Reads a `collection.json`.
 * @throws FatalError `publishing/bad-collection`, naming the field.
 */
export function parseCollection(bytes: Uint8Array): CollectionMetadata {
  return parseJson(collectionMetadata, bytes, {
    code: "publishing/bad-collection",
    what: COLLECTION_FILE,
  });
}

function uriOf(recipe: Hex): string {
  return `ipfs://${digestToCid(recipe).toString()}`;
}
