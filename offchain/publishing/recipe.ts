import type { CID } from "multiformats/cid";

import { equal, toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes } from "../kernel/json.ts";
import { collectBlocks } from "./block-sink.ts";
import { cidToDigest, type Block } from "./cid.ts";
import {
  fileRoles,
  parseRecipeManifest,
  RECIPE_MANIFEST,
  type RecipeManifest,
  type RecipeRole,
} from "./recipe-manifest.ts";
import { buildDirectory } from "./unixfs-directory.ts";
import { buildFile } from "./unixfs-file.ts";
import type { NamedEntry } from "./unixfs-node.ts";

/** A recipe whose every file has been checked against its manifest. */
export interface Recipe {
  readonly manifest: RecipeManifest;
  /**
   * Bytes of a file by what it is for.
   * @throws FatalError `publishing/recipe-missing-file` if this recipe has none for it (an adapter).
   */
  file(role: RecipeRole): Uint8Array;
}

/** A recipe as a directory of blocks; `cid`, `size` and `blocks` are what a batch links. */
export interface BuiltRecipe extends Recipe {
  /** The recipe's id on chain: digest of the directory's root. */
  readonly id: Hex;
  readonly cid: CID;
  /** Bytes of all blocks. */
  readonly size: number;
  readonly blocks: readonly Block[];
}

/**
 * Checks the files of a recipe directory, by name, against its `recipe.json`: all there, nothing else, sizes and hashes right,
 * and the manifest in canonical form, so that a recipe has one id.
 * @throws FatalError `publishing/recipe-*`
 */
export function openRecipe(files: ReadonlyMap<string, Uint8Array>): Recipe {
  const bytes = files.get(RECIPE_MANIFEST);
  if (bytes === undefined) throw missing(RECIPE_MANIFEST);
  const manifest = parseRecipeManifest(bytes);
  if (!equal(canonicalBytes(manifest), bytes)) {
    throw new FatalError(
      "publishing/recipe-not-canonical",
      `\`${RECIPE_MANIFEST}\` is not in canonical form; write it with the refreshing command.`,
    );
  }
  const roles = fileRoles(manifest);
  const known = new Set<string>([RECIPE_MANIFEST]);
  for (const { path, sha256: expected, bytes: length } of roles.values()) {
    const content = files.get(path);
    if (content === undefined) throw missing(path);
    if (content.length !== length || toHex(sha256(content)) !== expected) {
      throw new FatalError(
        "publishing/recipe-altered-file",
        `\`${path}\` is not the file that \`${RECIPE_MANIFEST}\` names; restore it, or refresh the manifest.`,
      );
    }
    known.add(path);
  }
  for (const path of files.keys()) {
    if (!known.has(path)) {
      throw new FatalError(
        "publishing/recipe-unknown-file",
        `\`${path}\` is not named in \`${RECIPE_MANIFEST}\`; remove it from the recipe directory.`,
      );
    }
  }
  return {
    manifest,
    file(role) {
      const reference = roles.get(role);
      const content = reference && files.get(reference.path);
      if (content === undefined) throw missing(role);
      return content;
    },
  };
}

/**
 * Checks a recipe and builds its directory; the order of `files` does not matter.
 * @throws FatalError as {@link openRecipe}
 */
export async function buildRecipe(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<BuiltRecipe> {
  const recipe = openRecipe(files);
  const sink = collectBlocks();
  const target = { sink, hash: sha256 };
  const entries: NamedEntry[] = [];
  for (const name of [...files.keys()].sort()) {
    const content = files.get(name) as Uint8Array;
    entries.push({ name, ...(await buildFile(target, content)) });
  }
  const { cid, size } = await buildDirectory(target, entries);
  return { ...recipe, id: cidToDigest(cid), cid, size, blocks: sink.blocks };
}

function missing(what: string): FatalError {
  return new FatalError(
    "publishing/recipe-missing-file",
    `The recipe has no \`${what}\`; complete its directory.`,
  );
}
