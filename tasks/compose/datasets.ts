import { readFile } from "node:fs/promises";

import { drawChart } from "../../offchain/adapters/chart-png.ts";
import { collectGarbage } from "../../offchain/adapters/collect-garbage.ts";
import { createDatasets } from "../../offchain/adapters/dataset-files.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import { createPictureDecoder } from "../../offchain/adapters/picture-decoder.ts";
import { createPictureFolder } from "../../offchain/adapters/picture-folder.ts";
import type { Artefacts } from "../../offchain/loop/artefacts.ts";
import type { Datasets } from "../../offchain/loop/ports-dataset.ts";
import type { Progress } from "../../offchain/loop/ports-progress.ts";
import type { SealDeps } from "../../offchain/loop/seal-dataset.ts";

/** Where datasets lie on this machine. */
export function composeDatasets(): Datasets {
  return createDatasets(() => new Date());
}

/** What sealing a folder needs. */
export function composeSealing(
  paths: { readonly images: string; readonly licences: string },
  progress: Progress,
): SealDeps {
  return {
    folder: createPictureFolder(paths.images, paths.licences),
    decoder: createPictureDecoder(paths.images),
    datasets: composeDatasets(),
    drawChart,
    progress,
    relieve: collectGarbage,
  };
}

/** Files that a command writes beside datasets. */
export function composeFiles(): Artefacts {
  return createFiles();
}

/** The bytes of a file, if there is one. */
export async function fileIfThere(
  path: string,
): Promise<Uint8Array | undefined> {
  return readFile(path).then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  );
}

/** Now, in UTC and to the second, as a dossier writes it. */
export function dossierTime(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
