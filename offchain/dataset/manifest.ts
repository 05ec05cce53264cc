import { z } from "zod";

import { equal } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalWithList } from "./pieces.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";
import { words } from "./schema.ts";
import { datasetTree, leavesOf } from "./tree.ts";

/** Name of the manifest in a dataset directory. */
export const DATASET_MANIFEST = "manifest.json";

/** Most pictures of one dataset. */
export const MOST_PICTURES = 20_000;

/** Side of a normalised picture, pixels. */
export const NORMAL_SIDE = 256;

/** Formats that are taken in. */
export const SOURCE_FORMATS = ["png", "jpeg", "webp", "gif"] as const;

/** What was done to a picture beyond bringing it to size; in this order. */
export const PICTURE_NOTES = [
  "first-frame",
  "turned-upright",
  "cropped",
  "enlarged",
  "laid-on-white",
  "from-cmyk",
  "from-grey",
  "from-16-bit",
  "from-profile",
] as const;

/** What every picture went through; fixed with the version of the manifest. */
export const NORMALISATION = {
  orientation: "upright",
  colour: "sRGB, 8 bit",
  crop: "centre square",
  width: NORMAL_SIDE,
  height: NORMAL_SIDE,
} as const;

/** One of ERC-7517's answers to "may it be used so?". */
export const permission = z.enum(["allowed", "notAllowed", "constrained"]);

/** ERC-7517's dataMiningPreference: what its rights holder allows beside our training. */
export const dataMiningPreference = z.strictObject({
  dataMining: permission.optional(),
  aiInference: permission.optional(),
  aiTraining: permission.optional(),
  aiGenerativeTraining: permission.optional(),
  aiTrainingWithAuthorship: permission.optional(),
  aiGenerativeTrainingWithAuthorship: permission.optional(),
});

const licence = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("spdx"),
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,79}$/),
  }),
  z.strictObject({ kind: z.literal("public-domain") }),
  z.strictObject({ kind: z.literal("text"), textSha256: bytes32 }),
]);

/** Under what a picture may be used: an SPDX licence, the public domain, or a text by its sha-256. */
export type Licence = z.infer<typeof licence>;

const consent = z.strictObject({
  training: z.literal("allowed"),
  /** Who says so, and in which words. */
  by: words(200),
  statement: words(2_000),
  dataMiningPreference,
});

/** The consent to train. */
export type Consent = z.infer<typeof consent>;

const image = z.strictObject({
  /** A word that a trait table can use; unique. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,39}$/),
  title: words(200),
  source: z.strictObject({
    file: words(255),
    sha256: bytes32,
    bytes: z.int().positive(),
    format: z.enum(SOURCE_FORMATS),
    /** As the file says, before it is turned upright. */
    width: z.int().positive(),
    height: z.int().positive(),
  }),
  normalised: z.strictObject({
    path: z.string().regex(/^images\/[a-z0-9][a-z0-9-]{0,59}\.png$/),
    sha256: bytes32,
    notes: z.array(z.enum(PICTURE_NOTES)),
  }),
  licence,
  rightsHolder: words(200),
  origin: words(2_000),
  consent,
  leaf: bytes32,
});

/** One picture of a dataset. */
export type DatasetImage = z.infer<typeof image>;

const shape = z.strictObject({
  version: z.literal(1),
  title: words(200),
  root: bytes32,
  count: z.int().positive().max(MOST_PICTURES),
  normalisation: z.strictObject({
    orientation: z.literal(NORMALISATION.orientation),
    colour: z.literal(NORMALISATION.colour),
    crop: z.literal(NORMALISATION.crop),
    width: z.literal(NORMALISATION.width),
    height: z.literal(NORMALISATION.height),
  }),
  /** In the order of their names. */
  images: z.array(image).min(1).max(MOST_PICTURES),
});

/** `manifest.json` of a sealed dataset, read. */
export type DatasetManifest = z.infer<typeof shape>;

/** The manifest of these pictures, in the order of their names, with leaves and root. */
export function buildManifest(
  title: string,
  images: readonly Omit<DatasetImage, "leaf">[],
): DatasetManifest {
  const sorted = [...images].sort((a, b) => (a.name < b.name ? -1 : 1));
  const tree = datasetTree(leavesOf(sorted));
  return {
    version: 1,
    title,
    root: tree.root,
    count: sorted.length,
    normalisation: NORMALISATION,
    images: sorted.map((each, place) => ({ ...each, leaf: tree.leaf(place) })),
  };
}

/** The one text of a manifest. */
export function manifestBytes(manifest: DatasetManifest): Uint8Array {
  const { images, ...rest } = manifest;
  return canonicalWithList(rest, "images", images);
}

/**
 * Reads a `manifest.json` and checks all that can be checked without the pictures: form, canonical text, names, leaves, root.
 * @throws FatalError `dataset/bad-manifest`; `dataset/root-differs` if leaves or root do not follow from what it says.
 */
export function parseDatasetManifest(bytes: Uint8Array): DatasetManifest {
  const manifest = parseJson(shape, bytes, {
    code: "dataset/bad-manifest",
    what: DATASET_MANIFEST,
  });
  const { images, count } = manifest;
  const distinct = (values: readonly string[]): boolean =>
    new Set(values.map((value) => value.toLowerCase())).size === images.length;
  const fault =
    count !== images.length
      ? `its count says ${count}, and it lists ${images.length} pictures`
      : !distinct(images.map(({ name }) => name))
        ? "two of its pictures have one name"
        : !distinct(images.map(({ normalised }) => normalised.path))
          ? "two of its pictures have one path"
          : !distinct(images.map(({ leaf }) => leaf))
            ? "it lists one picture twice"
            : !equal(bytes, manifestBytes(manifest))
              ? "it is not in canonical form"
              : undefined;
  if (fault !== undefined) {
    throw new FatalError(
      "dataset/bad-manifest",
      `\`${DATASET_MANIFEST}\` is no dataset's: ${fault}; seal the pictures again.`,
    );
  }
  const rebuilt = buildManifest(manifest.title, images);
  if (!equal(manifestBytes(rebuilt), bytes)) {
    throw new FatalError(
      "dataset/root-differs",
      `\`${manifest.root}\` is not the root of what the manifest lists, \`${rebuilt.root}\`; somebody changed its words, so seal the pictures again.`,
    );
  }
  return manifest;
}

/** The picture with this name. @throws FatalError `dataset/no-such-picture`. */
export function placeOf(manifest: DatasetManifest, name: string): number {
  const place = manifest.images.findIndex((each) => each.name === name);
  if (place >= 0) return place;
  throw new FatalError(
    "dataset/no-such-picture",
    `\`${name.slice(0, 80)}\` is no picture of \`${manifest.title}\`; give one of its names.`,
  );
}
