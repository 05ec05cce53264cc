/**
 * Run as a program (`npm run recipe:refresh`): takes the kernels as last built into the built-in recipe, brings its manifest up
 * to date, and prints its id. Only before a release: a recipe that is registered anywhere is never changed, a new one is made.
 */
import { fileURLToPath } from "node:url";

import { refreshRecipe } from "./recipe-files.ts";

const place = (path: string): string =>
  fileURLToPath(new URL(path, import.meta.url));

const { id, cid } = await refreshRecipe(place("../recipes/genesis/"), {
  "kernels.wasm": place("../generator/kernels/kernels.wasm"),
});
console.log(`${id} ${cid.toString()}`);
