import {
  appendAct,
  DOSSIER,
  dossierBytes,
  emptyDossier,
  type Act,
} from "../dataset/dossier.ts";
import { sharesAlike } from "../dataset/licence.ts";
import { parseLicences, type LicencesFile } from "../dataset/licences-file.ts";
import {
  buildManifest,
  DATASET_MANIFEST,
  manifestBytes,
  MOST_PICTURES,
  type DatasetManifest,
} from "../dataset/manifest.ts";
import { PROOFS, proofsBytes } from "../dataset/proofs.ts";
import type { Refusal } from "../dataset/refusal.ts";
import { equal, toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { datasetSheet, shownOnSheet } from "./dataset-sheet.ts";
import { gatherPictures, type Gathered } from "./gather-pictures.ts";
import type { DrawChart } from "./ports-chart.ts";
import type {
  Datasets,
  DatasetStage,
  PictureDecoder,
  PictureFolder,
} from "./ports-dataset.ts";
import type { Progress } from "./ports-progress.ts";
import { takePictures, type TakenPictures } from "./take-pictures.ts";

/** What sealing needs of the world. */
export interface SealDeps {
  readonly folder: PictureFolder;
  readonly decoder: PictureDecoder;
  readonly datasets: Datasets;
  readonly drawChart: DrawChart;
  readonly progress: Progress;
  /** Gives memory back that is no longer needed: sealing keeps within a limit, however many pictures there are. */
  readonly relieve: () => void;
}

/** What the caller decides. */
export interface SealChoices {
  readonly out: string;
  /** Of the dataset, where the licences file has none. */
  readonly title: string;
  /** Seal without the refused pictures. */
  readonly leaveOut: boolean;
  readonly keepLookAlikes: boolean;
  /** When this happens, for the dossier: UTC, to the second. */
  readonly time: string;
  /** Who chooses, where the licences file names no curator. */
  readonly by: string;
}

/** What came of a folder. */
export interface SealResult {
  /** Undefined where pictures were refused and nothing was sealed. */
  readonly manifest: DatasetManifest | undefined;
  readonly refusals: readonly Refusal[];
  readonly passedOver: readonly string[];
  readonly remarks: readonly string[];
  /** Whether the very same dataset was there already: it was left as it is, and its dossier too. */
  readonly unchanged: boolean;
  /** Where another dataset went that stood in the place. */
  readonly movedAside: string | undefined;
}

/**
 * Seals a folder of pictures: each with a licence, a rights holder, an origin and consent, or refused by name. With refusals nothing is
 * written, unless the caller leaves those pictures out. The same folder and words give the same manifest and the same root.
 * @throws FatalError `licence/bad-file`, `dataset/empty`, `dataset/too-many-pictures`, `files/*`
 */
export async function sealDataset(
  { folder, decoder, datasets, drawChart, progress, relieve }: SealDeps,
  choices: SealChoices,
): Promise<SealResult> {
  const source = await folder.licences();
  const licences = parseLicences(source.name, source.bytes);
  const gathered = await gatherPictures(folder, licences, {
    licencesName: source.inFolder,
    progress,
  });
  if (gathered.candidates.length > MOST_PICTURES) {
    throw new FatalError(
      "dataset/too-many-pictures",
      `\`${gathered.candidates.length}\` pictures are too many for one dataset; give at most ${MOST_PICTURES}.`,
    );
  }
  const { keepLookAlikes, leaveOut, out } = choices;
  const stage = await datasets.stage(out);
  try {
    const taken = await takePictures(gathered.candidates, {
      decoder,
      stage,
      progress,
      keepLookAlikes,
      relieve,
    });
    // Its memory is needed for what follows.
    await decoder.close();
    relieve();
    const refusals = [...gathered.refusals, ...taken.refusals].sort((a, b) =>
      a.file < b.file ? -1 : 1,
    );
    const { passedOver } = gathered;
    const result = { refusals, passedOver, remarks: remarksOn(taken) };
    const nothing = { manifest: undefined, unchanged: false };
    if (refusals.length > 0 && (!leaveOut || taken.images.length === 0)) {
      await stage.abort();
      return { ...result, ...nothing, movedAside: undefined };
    }
    if (taken.images.length === 0) {
      throw new FatalError(
        "dataset/empty",
        "The folder holds `0` pictures; give --images a folder of PNG, JPEG, WebP or GIF files.",
      );
    }
    const manifest = buildManifest(
      licences.title ?? choices.title,
      taken.images,
    );
    const bytes = manifestBytes(manifest);
    relieve();
    if (await standsAlready(datasets, out, bytes)) {
      await stage.abort();
      return { ...result, manifest, unchanged: true, movedAside: undefined };
    }
    await stage.write(DATASET_MANIFEST, bytes);
    await writeDataset({ stage, drawChart, relieve }, manifest, gathered);
    const acts = actsOf({
      manifest,
      sealed: toHex(sha256(bytes)),
      refusals,
      licences,
      choices,
    });
    const dossier = acts.reduce(appendAct, emptyDossier(manifest.root));
    await stage.write(DOSSIER, dossierBytes(dossier));
    const movedAside = await stage.finish();
    return { ...result, manifest, unchanged: false, movedAside };
  } catch (error) {
    await stage.abort();
    throw error;
  } finally {
    await decoder.close();
  }
}

async function writeDataset(
  {
    stage,
    drawChart,
    relieve,
  }: Pick<SealDeps, "drawChart" | "relieve"> & { readonly stage: DatasetStage },
  manifest: DatasetManifest,
  { texts }: Gathered,
): Promise<void> {
  await stage.write(PROOFS, proofsBytes(manifest));
  relieve();
  const used = new Set(
    manifest.images.map(
      ({ licence }) => licence.kind === "text" && licence.textSha256,
    ),
  );
  for (const [hash, text] of texts)
    if (used.has(hash))
      await stage.write(`licences/${hash.slice(2)}.txt`, text);
  const pictures: Uint8Array[] = [];
  for (const place of shownOnSheet(manifest)) {
    const path = manifest.images[place]?.normalised.path;
    if (path !== undefined) pictures.push(await stage.read(path));
  }
  const sheet = datasetSheet(manifest, pictures);
  relieve();
  await stage.write("contact-sheet.png", await drawChart(sheet));
}

/** Whether the very same dataset is there, every picture of it whole. */
async function standsAlready(
  datasets: Datasets,
  out: string,
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    const earlier = await datasets.open(out);
    if (!equal(earlier.bytes, bytes)) return false;
    for (let place = 0; place < earlier.manifest.count; place++)
      await earlier.picture(place);
    await datasets.read(out, DOSSIER);
    return true;
  } catch (error) {
    // Another dataset, a damaged one, or none: it is moved aside.
    if (error instanceof FatalError) return false;
    throw error;
  }
}

function remarksOn({ images, remarks }: TakenPictures): readonly string[] {
  const alike = images.filter(({ licence }) => sharesAlike(licence));
  const first = alike[0]?.licence;
  if (first?.kind !== "spdx") return remarks;
  return [
    ...remarks,
    `${alike.length} of the pictures are under ${first.id} or another licence that is passed on: works woven from them may have to carry it too.`,
  ];
}

/** Longest words of one act; what does not fit is counted. */
const LONGEST = 4_000;

function actsOf({
  manifest,
  sealed,
  refusals,
  licences,
  choices,
}: {
  readonly manifest: DatasetManifest;
  /** sha-256 of its bytes. */
  readonly sealed: Hex;
  readonly refusals: readonly Refusal[];
  readonly licences: LicencesFile;
  readonly choices: SealChoices;
}): readonly Act[] {
  const { images, title, count } = manifest;
  const act = (what: string, words: string): Act => ({
    time: choices.time,
    who: licences.curator ?? choices.by,
    act: what,
    words,
  });
  const cropped = images.filter(({ normalised }) =>
    normalised.notes.includes("cropped"),
  );
  return [
    act(
      "selected",
      `${count} ${count === 1 ? "picture" : "pictures"} as "${title}": ${list(images.map(({ source }) => source.file))}. Manifest sha-256 ${sealed}.`,
    ),
    ...(refusals.length === 0
      ? []
      : [
          act(
            "left out",
            `${list(refusals.map(({ file, code }) => `${JSON.stringify(file)} (${code})`))}.`,
          ),
        ]),
    ...(cropped.length === 0
      ? []
      : [
          act(
            "cropped",
            `To their centre square: ${list(cropped.map(({ source: { file, width, height } }) => `${file} (${width} x ${height})`))}.`,
          ),
        ]),
    ...(licences.notes ?? []).map((words) => act("noted", words)),
  ];
}

function list(items: readonly string[]): string {
  let text = items[0] ?? "";
  for (const [place, item] of items.slice(1).entries()) {
    if (text.length + item.length > LONGEST)
      return `${text} and ${items.length - 1 - place} more`;
    text += `, ${item}`;
  }
  return text;
}
