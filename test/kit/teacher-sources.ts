import { readdirSync, readFileSync } from "node:fs";

import { licenceManifest } from "../../offchain/generator/training/licences.ts";

const FAMILIES = "offchain/generator/training/families/";
const ROOT = new URL("../../", import.meta.url);

/** The licence manifest of the built-in recipe. */
export const LICENCES = new URL("offchain/recipes/genesis/licences.json", ROOT);

/** The manifest of the teachers' sources as they stand. */
export function manifestOfSources(): Uint8Array {
  const names = readdirSync(new URL(FAMILIES, ROOT)).filter((name) =>
    name.endsWith(".ts"),
  );
  return licenceManifest(
    names.map((name) => ({
      path: FAMILIES + name,
      bytes: readFileSync(new URL(FAMILIES + name, ROOT)),
    })),
  );
}
