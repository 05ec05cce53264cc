import { basename, dirname } from "node:path";

import { createEnginePool } from "../../offchain/adapters/engine-pool.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import { createPictureDecoder } from "../../offchain/adapters/picture-decoder.ts";
import type { Artefacts } from "../../offchain/loop/artefacts.ts";
import type { EnginePool } from "../../offchain/loop/ports-pool.ts";
import type { Recipe } from "../../offchain/loop/recipe.ts";

/** Side of the pictures that the decoder gives, pixels. */
export const EXAMPLE_SIZE = 256;

/** What exploring needs of this machine; a chain only for works that were minted. */
export interface Studio {
  readonly files: Artefacts;
  /** The middle square of a stranger's picture, EXAMPLE_SIZE squared, RGB, decoded in a process of its own. */
  readonly example: (path: string) => Promise<Uint8Array>;
  readonly pool: (recipe: Recipe, workers: number) => EnginePool;
}

/** Wires it. */
export function composeStudio(): Studio {
  return {
    files: createFiles(),
    async example(path) {
      const decoder = createPictureDecoder(dirname(path));
      try {
        return (await decoder.decode(basename(path))).rgb;
      } finally {
        await decoder.close();
      }
    },
    pool: (recipe, workers) =>
      createEnginePool({ files: recipe.files, workers }),
  };
}
