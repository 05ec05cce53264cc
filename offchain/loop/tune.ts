import type { Precision } from "../generator/adapter/adapter.ts";
import { chooseDonors, describePicture } from "../generator/tuning/donors.ts";
import {
  MOST_DONORS,
  planTuning,
  type TuningPicture,
} from "../generator/tuning/plan.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError, RetryableError } from "../kernel/errors.ts";
import { buildRecipe } from "../publishing/recipe.ts";
import type { Check } from "./calibrate.ts";
import type { SealedDataset } from "./ports-dataset.ts";
import type { TunePorts } from "./ports-tune.ts";
import { recipeName, TUNED_FILES, tunedRecipe } from "./tuned-recipe.ts";
import { learn, PARTIAL } from "./tune-learn.ts";
import {
  readTuningBook,
  tuningBookBytes,
  type TuneInputs,
  type TuneResult,
} from "./tune-state.ts";

/** Fewest pictures: with fewer, every new work would be made of the same two or three. */
export const LEAST_PICTURES = 4;

/** What is asked for. */
export interface TuneRequest {
  /** Directory of a sealed dataset. */
  readonly dataset: string;
  readonly rank: number;
  /** Most steps; the plan's own number if left out. */
  readonly steps?: number | undefined;
  readonly precision: Precision;
  /** Steps between preview sheets; 0 for none but the last. */
  readonly previewEvery: number;
  /** Folder for everything. */
  readonly out: string;
  /** Name of the recipe; the dataset's title if left out. */
  readonly name?: string | undefined;
}

/** A tuned model, assembled. */
export interface TuneReport {
  /** Id of the recipe, and its directory. */
  readonly id: Hex;
  readonly recipe: string;
  readonly name: string;
  readonly dataset: Hex;
  /** Pictures in the dataset, and those that the adapter holds. */
  readonly pictures: number;
  readonly donors: number;
  readonly grid: number;
  readonly rank: number;
  readonly precision: Precision;
  readonly adapterBytes: number;
  readonly result: TuneResult;
  /** Step that this process began at; undefined if all was done before. */
  readonly from: number | undefined;
  /** How new works compare with the dataset; undefined if an earlier command calibrated. */
  readonly check: Check | undefined;
  /** Seconds that this process took to learn, and to calibrate. */
  readonly seconds: { readonly learn: number; readonly calibrate: number };
}

/**
 * Tunes the base on a sealed dataset and assembles the recipe. The same request goes on where an interrupted one was, and ends with
 * the same bytes; nothing stands under its own name before it is whole.
 * @throws FatalError `tune/too-few-pictures`, `tune/dataset-revoked`, `tune/nothing-passes`, `tune/other-inputs`, `tune/bad-book`, `tune/bad-partial`; RetryableError
 * `tune/interrupted`; `dataset/*`, `tuning/*`, `files/*` of the ports.
 */
export async function tune(
  request: TuneRequest,
  ports: TunePorts,
): Promise<TuneReport> {
  const { out, precision } = request;
  const { artefacts, base, clock, progress } = ports;
  const dataset = await ports.datasets.open(request.dataset);
  const { manifest } = dataset;
  const count = Math.min(manifest.count, MOST_DONORS);
  // Rank and steps are refused before thousands of pictures are read.
  const { rank, steps } = request;
  if (manifest.count < LEAST_PICTURES)
    throw new FatalError(
      "tune/too-few-pictures",
      `\`${manifest.title}\` has ${manifest.count === 1 ? "1 picture" : `${manifest.count} pictures`}, and a hand is learned from at least ${LEAST_PICTURES}; seal a dataset with more.`,
    );
  if ((await ports.revoked?.(manifest.root)) === true)
    throw new FatalError(
      "tune/dataset-revoked",
      `\`${manifest.title}\` (${manifest.root}) was revoked on this chain, for ever: no recipe of it can be minted from; seal a dataset without what was objected to.`,
    );
  const plan = planTuning({
    pictures: count,
    rank,
    ...(steps === undefined ? {} : { steps }),
  });
  const pictures = await donorsOf(dataset, ports);
  const inputs: TuneInputs = {
    dataset: manifest.root,
    base: toHex(sha256(base.weights)),
    kernels: toHex(sha256(base.kernels)),
    donors: pictures.map(({ name }) => name),
    plan,
    precision,
    name: request.name ?? recipeName(manifest.title),
  };
  const book = `${out}/tuning.json`;
  await artefacts.prepare(out);
  const recipe = `${out}/recipe`;
  const before = (await artefacts.exists(book))
    ? readTuningBook(await artefacts.read(book), inputs, out)
    : await begin(ports, { out, recipe, book, inputs });
  const adapterPath = `${out}/${TUNED_FILES.adapter}`;
  const seconds = { learn: 0, calibrate: 0 };
  let from: number | undefined;
  let result = before;
  let check: Check | undefined;
  if (result === null) {
    const began = clock.elapsed();
    const learned = await learn(request, { inputs, pictures }, ports);
    seconds.learn = (clock.elapsed() - began) / 1_000;
    ({ from, result } = learned);
  }
  const adapter = await artefacts.read(adapterPath);
  if (!(await artefacts.exists(`${recipe}/recipe.json`))) {
    const began = clock.elapsed();
    const model = { kernels: base.kernels, weights: base.weights, adapter };
    const calibrated = await ports.calibrate(
      {
        ...model,
        dataset: manifest,
        manifest: dataset.bytes,
        pictures: pictures.map(({ rgb }) => rgb),
      },
      stoppable(ports),
    );
    ({ check } = calibrated);
    if (check !== undefined && check.works === 0) throw nothingPasses(check);
    seconds.calibrate = (clock.elapsed() - began) / 1_000;
    const files = tunedRecipe({
      ...model,
      ...calibrated,
      dataset: manifest,
      manifest: dataset.bytes,
      holderLicence: base.holderLicence,
      name: inputs.name,
    });
    // Checked as a reader will, before it is there.
    await buildRecipe(files);
    const stage = await ports.datasets.stage(recipe);
    try {
      for (const [name, content] of files) await stage.write(name, content);
      const aside = await stage.finish();
      if (aside !== undefined)
        progress.note(`An earlier recipe was moved to ${aside}.`);
    } catch (error) {
      await stage.abort();
      throw error;
    }
  }
  await artefacts.write(book, tuningBookBytes(inputs, result));
  await artefacts.remove(`${out}/${PARTIAL}`);
  const files = new Map<string, Uint8Array>();
  for (const name of ["recipe.json", ...Object.values(TUNED_FILES)])
    files.set(name, await artefacts.read(`${recipe}/${name}`));
  const { id } = await buildRecipe(files);
  return {
    id,
    recipe,
    name: inputs.name,
    dataset: manifest.root,
    pictures: manifest.count,
    donors: pictures.length,
    grid: plan.grid,
    rank: plan.rank,
    precision,
    adapterBytes: adapter.length,
    result,
    from,
    check,
    seconds,
  };
}

/** Notes what the folder is for; what lies there under the names of ours, of something else, is moved aside. */
async function begin(
  { artefacts, clock, progress }: TunePorts,
  {
    out,
    recipe,
    book,
    inputs,
  }: {
    readonly out: string;
    readonly recipe: string;
    readonly book: string;
    readonly inputs: TuneInputs;
  },
): Promise<null> {
  for (const path of [recipe, `${out}/${PARTIAL}`]) {
    const aside = await artefacts.moveAside(path, clock.now());
    if (aside !== undefined)
      progress.note(`An earlier result was moved to ${aside}.`);
  }
  await artefacts.write(book, tuningBookBytes(inputs, null));
  return null;
}

/** The pictures that are learned: all of them, or those that stand best for all. One after the other, since there may be thousands. */
async function donorsOf(
  dataset: SealedDataset,
  { progress }: TunePorts,
): Promise<TuningPicture[]> {
  const { images } = dataset.manifest;
  let places = images.map((_, place) => place);
  if (images.length > MOST_DONORS) {
    const descriptions: Float32Array[] = [];
    for (const place of places) {
      descriptions.push(describePicture(await dataset.picture(place)));
      progress.stage("look", place + 1, images.length);
    }
    places = [...chooseDonors(descriptions, MOST_DONORS)];
    progress.note(
      `The adapter holds ${MOST_DONORS} of the ${images.length} pictures: those that stand best for all.`,
    );
  }
  const donors: TuningPicture[] = [];
  for (const place of places)
    donors.push({
      name: images[place]?.name ?? "",
      rgb: await dataset.picture(place),
    });
  return donors;
}

/** A recipe that no work comes from would only be found out after its batch was opened. */
function nothingPasses({ tried, reasons }: Check): FatalError {
  const [most] = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return new FatalError(
    "tune/nothing-passes",
    `None of \`${tried}\` new works passed the guard that fits this dataset${most === undefined ? "" : ` (most often: ${most[0]})`}, so there is no recipe; seal more pictures that are less alike within themselves, or tune with more --steps.`,
  );
}

/** A progress that ends the work at Ctrl-C: calibration keeps nothing, so it is begun again. */
function stoppable({ progress, signal }: TunePorts): TunePorts["progress"] {
  return {
    note: (sentence) => progress.note(sentence),
    stage(name, done, total) {
      if (signal?.aborted === true) throw interrupted("calibration");
      progress.stage(name, done, total);
    },
  };
}

/** What a run that was asked to stop rejects with. */
export function interrupted(where: string): RetryableError {
  return new RetryableError(
    "tune/interrupted",
    `Interrupted in ${where}; the same command goes on from here.`,
  );
}
