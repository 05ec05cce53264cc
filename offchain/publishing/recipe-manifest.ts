import { z } from "zod";

import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";

/** Name of the manifest in a recipe directory. */
export const RECIPE_MANIFEST = "recipe.json";

/** Sides in pixels that a picture may have. */
export const PICTURE_SIZES = [64, 128, 256, 512, 1024, 2048, 4096] as const;

const fileReference = z.strictObject({
  path: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  sha256: bytes32,
  bytes: z.int().nonnegative(),
});

/** A file of the recipe directory: its name there, sha-256 of its bytes, and their number. */
export type FileReference = z.infer<typeof fileReference>;

const size = z.literal(PICTURE_SIZES);

/** What every version says. */
const common = {
  /** Shown before a token's number. */
  name: z.string().min(1).max(80),
  /** Shown under every token; plain text. */
  description: z.string().min(1).max(2_000),
  /** Web page that every token links to, or none. */
  externalUrl: z.url({ protocol: /^https$/ }).nullable(),
  /** The wasm kernels and the base weights. */
  model: z.strictObject({ kernels: fileReference, weights: fileReference }),
  /** The trait table. */
  traits: fileReference,
  /** Thresholds and weights of the guard. */
  guard: fileReference,
  /** What a holder may do with a picture. */
  holderLicence: fileReference,
  /** Sides in pixels that may be minted, rising. */
  sizes: z.array(size).min(1),
  defaultSize: size,
};

/** A recipe of the base alone. */
const baseShape = z.strictObject({
  version: z.literal(1),
  ...common,
  /** Version of all code from seed to bytes. */
  engine: z.int().positive(),
  /** Arithmetic of the kernels. */
  precision: z.literal("f32"),
  /** A LoRA file upon the weights, or none. */
  adapter: fileReference.nullable(),
  /** Licence manifest of the training pictures; its sha-256 is the dataset root. */
  licences: fileReference,
});

/** A recipe of a model that was tuned on somebody's pictures. */
const tunedShape = z.strictObject({
  version: z.literal(2),
  ...common,
  /** Version of all code from seed to bytes: the one that weaves. */
  engine: z.literal(2),
  /** How the adapter's numbers are stored; they are computed with as f32. */
  precision: z.enum(["f32", "f16", "int8"]),
  /** What tuning made of the pictures. */
  adapter: fileReference,
  /** Merkle root of the dataset that the adapter learned from; who revokes it, revokes every recipe of it. */
  dataset: bytes32,
  /** The dataset's own manifest, with each picture's licence. */
  licences: fileReference,
});

/** A recipe of the base alone, read. */
export type BaseManifest = z.infer<typeof baseShape>;

/** A recipe of a tuned model, read. */
export type TunedManifest = z.infer<typeof tunedShape>;

/** `recipe.json`, read: everything a picture depends on, by hash. The meaning of each version is frozen. */
export type RecipeManifest = BaseManifest | TunedManifest;

/** The form of `recipe.json`. */
export const recipeManifest: z.ZodType<RecipeManifest> = z
  .discriminatedUnion("version", [baseShape, tunedShape])
  .refine(({ sizes, defaultSize }) => sizes.includes(defaultSize), {
    message: "defaultSize is not one of sizes",
  })
  .refine(
    ({ sizes }) =>
      sizes.every((side, i) => i === 0 || side > (sizes[i - 1] ?? 0)),
    { message: "sizes do not rise" },
  )
  .refine((manifest) => distinctPaths(manifest), {
    message: "two entries name one file",
  });

/** What a file of a recipe is for. */
export type RecipeRole =
  | "kernels"
  | "weights"
  | "adapter"
  | "traits"
  | "guard"
  | "licences"
  | "holderLicence";

/** The files that a manifest names, by role. */
export function fileRoles(
  manifest: RecipeManifest,
): ReadonlyMap<RecipeRole, FileReference> {
  const { model, adapter, traits, guard, licences, holderLicence } = manifest;
  const roles = new Map<RecipeRole, FileReference>([
    ["kernels", model.kernels],
    ["weights", model.weights],
    ["traits", traits],
    ["guard", guard],
    ["licences", licences],
    ["holderLicence", holderLicence],
  ]);
  if (adapter !== null) roles.set("adapter", adapter);
  return roles;
}

/**
 * Reads the bytes of a `recipe.json`.
 * @throws FatalError `publishing/recipe-bad-manifest`, naming the field.
 */
export function parseRecipeManifest(bytes: Uint8Array): RecipeManifest {
  return parseJson(recipeManifest, bytes, {
    code: "publishing/recipe-bad-manifest",
    what: RECIPE_MANIFEST,
  });
}

/** A reference to a file as it is now. */
export function referTo(path: string, content: Uint8Array): FileReference {
  return { path, sha256: toHex(sha256(content)), bytes: content.length };
}

/**
 * The manifest with the sizes and hashes of the given files in place of its own; names and all else stay.
 * @throws FatalError `publishing/recipe-missing-file` if one of its files is not given.
 */
export function refreshManifest(
  manifest: RecipeManifest,
  files: ReadonlyMap<string, Uint8Array>,
): RecipeManifest {
  const refresh = ({ path }: FileReference): FileReference => {
    const content = files.get(path);
    if (content === undefined) {
      throw new FatalError(
        "publishing/recipe-missing-file",
        `The recipe has no \`${path}\`; complete its directory.`,
      );
    }
    return referTo(path, content);
  };
  const { model, traits, guard, licences, holderLicence } = manifest;
  const refreshed = {
    model: { kernels: refresh(model.kernels), weights: refresh(model.weights) },
    traits: refresh(traits),
    guard: refresh(guard),
    licences: refresh(licences),
    holderLicence: refresh(holderLicence),
  };
  if (manifest.version === 2) {
    const adapter = refresh(manifest.adapter);
    return { ...manifest, ...refreshed, adapter };
  }
  const adapter = manifest.adapter && refresh(manifest.adapter);
  return { ...manifest, ...refreshed, adapter };
}

/** Root of the training pictures: the dataset's Merkle root, or for a recipe of the base alone sha-256 of its licence manifest. */
export function datasetRoot(manifest: RecipeManifest): Hex {
  return manifest.version === 2 ? manifest.dataset : manifest.licences.sha256;
}

function distinctPaths(manifest: RecipeManifest): boolean {
  const paths = [...fileRoles(manifest).values()].map(({ path }) => path);
  return new Set([...paths, RECIPE_MANIFEST]).size === paths.length + 1;
}
