import {
  appendAct,
  DOSSIER,
  dossierBytes,
  parseDossier,
  type Act,
  type Dossier,
} from "../dataset/dossier.ts";
import type { DatasetManifest } from "../dataset/manifest.ts";
import type { Datasets } from "./ports-dataset.ts";

/** A dossier whose chain holds, with the dataset that it is of. */
export interface OpenDossier {
  readonly manifest: DatasetManifest;
  readonly dossier: Dossier;
}

/**
 * Reads a dataset's dossier and follows its chain.
 * @throws FatalError `dataset/broken-chain`, `dataset/bad-dossier`, `dataset/*`, `files/*`
 */
export async function openDossier(
  datasets: Datasets,
  directory: string,
): Promise<OpenDossier> {
  const { manifest } = await datasets.open(directory);
  const bytes = await datasets.read(directory, DOSSIER);
  return { manifest, dossier: parseDossier(bytes, manifest.root) };
}

/**
 * Writes one more act of a person into a dataset's dossier: a choice, a prompt, a tuning. Its chain must hold so far.
 * @throws FatalError `dataset/bad-act`, and as {@link openDossier}
 */
export async function recordAct(
  datasets: Datasets,
  directory: string,
  act: Act,
): Promise<OpenDossier> {
  const { manifest, dossier } = await openDossier(datasets, directory);
  const longer = appendAct(dossier, act);
  await datasets.replace(directory, DOSSIER, dossierBytes(longer));
  return { manifest, dossier: longer };
}
