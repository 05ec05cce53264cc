import type { DatasetManifest, Licence } from "../dataset/manifest.ts";
import { decodeAdapter } from "../generator/adapter/decode.ts";
import { utf8 } from "../kernel/bytes.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";
import {
  PICTURE_SIZES,
  RECIPE_MANIFEST,
  referTo,
  type TunedManifest,
} from "../publishing/recipe-manifest.ts";

/** Names of the files of a tuned recipe. */
export const TUNED_FILES = {
  kernels: "tuned.wasm",
  weights: "base.weights",
  adapter: "adapter.safetensors",
  traits: "traits.json",
  guard: "guard.json",
  licences: "licences.json",
  holderLicence: "holder-licence.md",
} as const;

/** What a tuned recipe is made of. */
export interface TunedParts {
  readonly kernels: Uint8Array;
  readonly weights: Uint8Array;
  readonly adapter: Uint8Array;
  /** The trait table and the guard's configuration. */
  readonly traits: Json;
  readonly guard: Json;
  /** The dataset, and the very bytes of its manifest. */
  readonly dataset: DatasetManifest;
  readonly manifest: Uint8Array;
  /** What a holder may do, before the pictures' own licences. */
  readonly holderLicence: string;
  readonly name: string;
}

/** A name that a recipe can carry, out of a dataset's title. */
export function recipeName(title: string): string {
  // Not in the middle of a character of two units, which JSON could not carry.
  const short = title
    .slice(0, 80)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
  return short === "" ? "Tuned" : short;
}

/** The files of a tuned recipe, by name: the same parts, the same bytes. */
export function tunedRecipe(parts: TunedParts): Map<string, Uint8Array> {
  const { dataset, adapter, name } = parts;
  const { precision } = decodeAdapter(adapter);
  const files = new Map<string, Uint8Array>([
    [TUNED_FILES.kernels, parts.kernels],
    [TUNED_FILES.weights, parts.weights],
    [TUNED_FILES.adapter, adapter],
    [TUNED_FILES.traits, canonicalBytes(parts.traits)],
    [TUNED_FILES.guard, canonicalBytes(parts.guard)],
    [TUNED_FILES.licences, parts.manifest],
    [
      TUNED_FILES.holderLicence,
      utf8(`${parts.holderLicence.trimEnd()}\n\n${credits(dataset)}`),
    ],
  ]);
  const refer = (role: keyof typeof TUNED_FILES) =>
    referTo(
      TUNED_FILES[role],
      files.get(TUNED_FILES[role]) ?? new Uint8Array(),
    );
  const manifest: TunedManifest = {
    version: 2,
    engine: 2,
    name,
    description: description(dataset),
    externalUrl: null,
    precision,
    dataset: dataset.root,
    model: { kernels: refer("kernels"), weights: refer("weights") },
    adapter: refer("adapter"),
    traits: refer("traits"),
    guard: refer("guard"),
    licences: refer("licences"),
    holderLicence: refer("holderLicence"),
    sizes: [...PICTURE_SIZES],
    defaultSize: 512,
  };
  return files.set(RECIPE_MANIFEST, canonicalBytes(manifest));
}

function description({ title, count, root }: DatasetManifest): string {
  const pictures = count === 1 ? "1 picture" : `${count} pictures`;
  return `A new work in the hand of ${title}: woven and drawn by a small neural network that was tuned on ${pictures}, each with a licence and its rights holder's consent on record (dataset ${root}). The seed, the recipe and the market's state at minting are on chain, so anyone can run the model again and get this very file, byte for byte.`;
}

/** Most pictures that the text names one by one; all of them are in the manifest. */
const MOST_CREDITS = 400;

/** Whose pictures a model learned from, and under which licences: what attribution asks for. */
function credits({ title, images, root }: DatasetManifest): string {
  const rest = images.length - MOST_CREDITS;
  return [
    "## The pictures that the model learned from",
    "",
    `From the dataset _${plain(title)}_, whose root is \`${root}\`; all of it is in \`licences.json\` beside this file. Where such a`,
    "licence asks for attribution, name these with the work.",
    "",
    ...images
      .slice(0, MOST_CREDITS)
      .map(
        ({ title: picture, rightsHolder, licence }) =>
          `- ${plain(picture)}, ${plain(rightsHolder)}: ${licenceWords(licence)}`,
      ),
    ...(rest > 0 ? [`- and ${rest} more, in \`licences.json\``] : []),
    "",
  ].join("\n");
}

function licenceWords(licence: Licence): string {
  if (licence.kind === "spdx") return licence.id;
  if (licence.kind === "public-domain") return "public domain";
  return `a licence text of its own (sha-256 ${licence.textSha256})`;
}

/** Words of strangers as Markdown that says just these words. */
function plain(words: string): string {
  return words.replace(/[\\`*_[\]<>#|]/g, (mark) => `\\${mark}`);
}
