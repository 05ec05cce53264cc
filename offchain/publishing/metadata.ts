import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { canonicalBytes } from "../kernel/json.ts";
import type { Traits } from "../kernel/traits.ts";
import { digestToCid } from "./cid.ts";
import { datasetRoot, type RecipeManifest } from "./recipe-manifest.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";

/** IPTC's term for pictures made by a trained model; the same mark lies inside each PNG (EU AI Act, article 50). */
export const DIGITAL_SOURCE_TYPE =
  "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

const ipfsUri = z.string().regex(/^ipfs:\/\/b[a-z2-7]{58}$/);

const attribute = z.union([
  z.strictObject({ trait_type: z.string(), value: z.string() }),
  z.strictObject({
    display_type: z.literal("number"),
    trait_type: z.string(),
    value: z.int(),
  }),
]);

/** The form of `<id>.json`: OpenSea's fields, and under `properties` all that rebuilding the picture takes. */
export const tokenMetadata = z.strictObject({
  name: z.string(),
  description: z.string(),
  /** The picture's own CID: its path would hold the root, which depends on this file. */
  image: ipfsUri,
  external_url: z.exactOptional(z.string()),
  attributes: z.array(attribute),
  properties: z.strictObject({
    version: z.literal(1),
    engine: z.int().positive(),
    recipe: z.strictObject({ id: bytes32, uri: ipfsUri }),
    batch: z.int().positive(),
    index: z.int().nonnegative(),
    /** Seed of the batch; the picture comes from H(seed, index, attempt). */
    seed: bytes32,
    attempt: z.int().nonnegative(),
    conditions: bytes32,
    /** Side of the picture, pixels. */
    size: z.int().positive(),
    /** Sha-256 of the files that made the picture. */
    model: z.strictObject({ kernels: bytes32, weights: bytes32 }),
    adapter: bytes32.nullable(),
    /** Root of the training pictures (`datasetRoot`), and sha-256 of the holder's licence. */
    licences: z.strictObject({ dataset: bytes32, holder: bytes32 }),
    digitalSourceType: z.literal(DIGITAL_SOURCE_TYPE),
    /** How far it has moved from its genesis, whole steps by channel; not there while it has not. */
    evolution: z.exactOptional(z.record(z.string(), z.int())),
  }),
});

/** A parsed {@link tokenMetadata}. */
export type TokenMetadata = z.infer<typeof tokenMetadata>;

/** What a work's metadata says. */
export interface MetadataFacts {
  readonly recipe: { readonly id: Hex; readonly manifest: RecipeManifest };
  readonly tokenId: bigint;
  /** CID of the PNG. */
  readonly imageCid: string;
  readonly traits: Traits;
  /** Seed of the batch. */
  readonly seed: Hex;
  /** Which candidate was accepted, from 0. */
  readonly attempt: number;
  readonly conditions: Hex;
  /** Side of the picture, pixels. */
  readonly size: number;
  /** The one in the conditions; 0 for a work that was not forged, and then the file does not speak of it. */
  readonly generation: number;
  /** Steps by channel of a work that has evolved; left out at genesis. Nothing here tells when: equal states are equal files. */
  readonly evolution?: Readonly<Record<string, number>>;
}

/**
 * The bytes of `<id>.json`: canonical, so one work has one file. Traits are in the order of their names; one that is a whole
 * number is shown as a number.
 */
export function metadataBytes(facts: MetadataFacts): Uint8Array {
  const { tokenId, traits, seed, attempt, conditions, size, generation } =
    facts;
  const { evolution } = facts;
  const { manifest, id } = facts.recipe;
  const { batch, index } = splitTokenId(tokenId);
  const metadata: TokenMetadata = {
    name: `${manifest.name} #${tokenId}`,
    description: manifest.description,
    image: `ipfs://${facts.imageCid}`,
    ...(manifest.externalUrl === null
      ? {}
      : { external_url: manifest.externalUrl }),
    attributes: [
      ...Object.keys(traits)
        .sort()
        .map((name) => traitAttribute(name, traits[name] ?? "")),
      numberOf("Batch", Number(batch)),
      ...(generation === 0 ? [] : [numberOf("Generation", generation)]),
      ...Object.entries(evolution ?? {})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([channel, steps]) => numberOf(`Evolved ${channel}`, steps)),
    ],
    properties: {
      version: 1,
      engine: manifest.engine,
      recipe: { id, uri: `ipfs://${digestToCid(id).toString()}` },
      batch: Number(batch),
      index,
      seed,
      attempt,
      conditions,
      size,
      model: {
        kernels: manifest.model.kernels.sha256,
        weights: manifest.model.weights.sha256,
      },
      adapter: manifest.adapter?.sha256 ?? null,
      licences: {
        dataset: datasetRoot(manifest),
        holder: manifest.holderLicence.sha256,
      },
      digitalSourceType: DIGITAL_SOURCE_TYPE,
      ...(evolution === undefined ? {} : { evolution: { ...evolution } }),
    },
  };
  return canonicalBytes(metadata);
}

type Attribute = TokenMetadata["attributes"][number];

function traitAttribute(name: string, value: string): Attribute {
  return /^(0|-?[1-9]\d{0,14})$/.test(value)
    ? numberOf(name, Number(value))
    : { trait_type: name, value };
}

function numberOf(name: string, value: number): Attribute {
  return { display_type: "number", trait_type: name, value };
}

/**
 * Reads a `<id>.json`.
 * @throws FatalError `publishing/bad-metadata`, naming the field.
 */
export function parseMetadata(bytes: Uint8Array): TokenMetadata {
  return parseJson(tokenMetadata, bytes, {
    code: "publishing/bad-metadata",
    what: "metadata",
  });
}
