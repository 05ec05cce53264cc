import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { createDatasets } from "../../offchain/adapters/dataset-files.ts";
import { createPictureFolder } from "../../offchain/adapters/picture-folder.ts";
import { decodePicture } from "../../offchain/adapters/picture-decode.ts";
import {
  sealDataset,
  type SealChoices,
  type SealResult,
} from "../../offchain/loop/seal-dataset.ts";

/** When the tests seal. */
export const SEALED_AT = "2026-01-02T03:04:05Z";

/** Seals a folder as the command does, but decodes in this process: what the process of its own does is tested where it is. */
export async function sealHere(
  images: string,
  licences: string,
  choices: Partial<SealChoices> & { readonly out: string },
): Promise<SealResult> {
  return sealDataset(
    {
      folder: createPictureFolder(images, licences),
      decoder: {
        decode: async (name) =>
          decodePicture(await readFile(join(images, name)), name),
        peak: () => 0,
        close: async () => undefined,
      },
      datasets: createDatasets(() => new Date(SEALED_AT)),
      // The drawing engine is tested where it is; here the SVG stands for the sheet.
      drawChart: async (svg) => new TextEncoder().encode(svg),
      relieve: () => undefined,
      progress: { stage: () => undefined, note: () => undefined },
    },
    {
      title: "A folder",
      by: "not named",
      time: SEALED_AT,
      leaveOut: false,
      keepLookAlikes: false,
      ...choices,
    },
  );
}
