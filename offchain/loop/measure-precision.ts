import type { Adapter, Precision } from "../generator/adapter/adapter.ts";
import { openAdapter } from "../generator/adapter/decode.ts";
import { encodeAdapter } from "../generator/adapter/encode.ts";
import { loadTunedModel } from "../generator/loom/model.ts";
import { equal, utf8 } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes } from "../kernel/json.ts";
import { NEUTRAL_OBSERVATION } from "../kernel/observation.ts";
import {
  RECIPE_MANIFEST,
  referTo,
  type TunedManifest,
} from "../publishing/recipe-manifest.ts";
import { openRecipe, type Recipe } from "../publishing/recipe.ts";
import { createEngine } from "./engine.ts";
import { donorPictures } from "./painter.ts";
import {
  addUsage,
  NO_USAGE,
  usedSince,
  type Meter,
  type Usage,
} from "./ports-meter.ts";
import type { Progress } from "./ports-progress.ts";
import { shrunkTo } from "./tune-sheet.ts";

/** In the order that they are measured and told. */
export const PRECISIONS: readonly Precision[] = ["f32", "f16", "int8"];

/** Side at which decodes are compared, pixels. */
const COMPARE = 128;

/** What measuring takes. */
export interface MeasureOptions {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The adapter as it was learned; the recipe's own if left out, which may have lost something already. */
  readonly learned?: Uint8Array | undefined;
  /** Accepted works for each precision in each round, and how often all of it is done. */
  readonly works: number;
  readonly rounds: number;
  /** Side of the pictures that are painted, pixels. */
  readonly size: number;
  readonly meter: Meter;
  /** Bytes that a file has once deflated, as archives and networks do. */
  readonly deflated: (bytes: Uint8Array) => number;
  /** The dataset's pictures by name, 256 x 256 x 3 bytes, if they are at hand. */
  readonly pictures?: ReadonlyMap<string, Uint8Array> | undefined;
  readonly progress: Progress;
}

/** The middle of repeated measurements and their ends. */
export interface Spread {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** What was measured of one precision. */
export interface PrecisionFigures {
  readonly precision: Precision;
  /** Whether the recipe itself is stored so. */
  readonly own: boolean;
  readonly bytes: number;
  readonly deflated: number;
  /** Milliseconds from files to an engine that can draw. */
  readonly load: Spread;
  /** Of all rounds together. */
  readonly candidates: number;
  readonly accepted: number;
  /** By accepted work, rejected candidates included. */
  readonly seconds: Spread;
  readonly cpuSeconds: Spread;
  readonly joules: Spread | null;
  /** Accepted works by CPU-second: the token-to-compute ratio. */
  readonly ratio: Spread;
  /** Decodes against the dataset's pictures, decibels; null where those are not at hand. */
  readonly signal: number | null;
  /** Decodes against those of the most precise, decibels; null for that one itself, and where not a byte differs. */
  readonly likeness: number | null;
  /** Share of the bytes of the decodes that differ from the most precise. */
  readonly differing: number;
}

/**
 * Measures a tuned recipe with its adapter stored in each precision: the same seeds, interleaved round by round, so that whatever else
 * the machine does falls on all alike. Without the adapter as learned, the recipe's own is the most that there is.
 * @throws FatalError `measure/not-tuned` for a recipe without an adapter, `measure/other-adapter` where the learned one is not its; LoopError as `createEngine`, `guard/no-candidate`.
 */
export async function measurePrecision(
  options: MeasureOptions,
): Promise<readonly PrecisionFigures[]> {
  const { files, works, rounds, meter, progress } = options;
  const recipe = openRecipe(files);
  const { manifest } = recipe;
  if (manifest.version !== 2)
    throw new FatalError(
      "measure/not-tuned",
      `\`${manifest.name}\` has no adapter whose precision could be chosen; give --recipe the directory of a tuned recipe.`,
    );
  const adapter = learnedAdapter(recipe, options.learned);
  const variants = PRECISIONS.map((precision) =>
    variantOf(files, manifest, adapter, precision),
  );
  const samples = variants.map(() => [] as Sample[]);
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [i, variant] of variants.entries()) {
      samples[i]?.push(
        await sample(variant.files, {
          works,
          round,
          size: options.size,
          meter,
        }),
      );
      progress.stage("measure", ++done, rounds * variants.length);
    }
  }
  const decoded = await Promise.all(
    variants.map(async (variant) =>
      donorPictures(
        await loadTunedModel({
          kernels: recipe.file("kernels"),
          weights: recipe.file("weights"),
          adapter: variant.adapter,
        }),
        COMPARE,
      ),
    ),
  );
  const finest = decoded[0] ?? [];
  return variants.map((variant, i) => {
    const taken = samples[i] ?? [];
    const drawn = decoded[i] ?? [];
    const by = (value: (sample: Sample) => number): Spread =>
      spread(taken.map(value));
    const joules = taken.map(({ used }) => used.microjoules);
    return {
      precision: variant.precision,
      own: variant.precision === manifest.precision,
      bytes: variant.adapter.length,
      deflated: options.deflated(variant.adapter),
      load: by(({ load }) => load),
      candidates: taken.reduce((sum, { candidates }) => sum + candidates, 0),
      accepted: works * taken.length,
      seconds: by(({ used }) => used.milliseconds / 1_000 / works),
      cpuSeconds: by(({ used }) => used.cpuMilliseconds / 1_000 / works),
      joules: joules.every((value) => value !== null)
        ? spread(joules.map((value) => value / 1e6 / works))
        : null,
      ratio: by(({ used }) => (works * 1_000) / used.cpuMilliseconds),
      signal: signalOf(drawn, targets(adapter, options.pictures)),
      likeness: i === 0 ? null : signalOf(drawn, finest),
      differing: differing(drawn, finest),
    };
  });
}

/** The finest adapter at hand; stored as the recipe stores its own, it must be that very file. */
function learnedAdapter(
  recipe: Recipe,
  learned: Uint8Array | undefined,
): Adapter {
  const [own, weights] = [recipe.file("adapter"), recipe.file("weights")];
  const base = openAdapter(own, weights);
  if (learned === undefined) return base;
  const finest = openAdapter(learned, weights);
  const again = encodeAdapter({ ...finest, precision: base.precision });
  if (equal(again, own)) return finest;
  throw new FatalError(
    "measure/other-adapter",
    `The adapter as learned is not the one that \`${recipe.manifest.name}\` stores; give the file that the same tuning left.`,
  );
}

interface Sample {
  readonly load: number;
  readonly candidates: number;
  /** From the first candidate to the last painted picture; loading apart. */
  readonly used: Usage;
}

/** Draws works as a batch would, candidates through guard and copy screen, and paints those that were accepted. */
async function sample(
  files: ReadonlyMap<string, Uint8Array>,
  {
    works,
    round,
    size,
    meter,
  }: {
    readonly works: number;
    readonly round: number;
    readonly size: number;
    readonly meter: Meter;
  },
): Promise<Sample> {
  const before = meter.read();
  const engine = await createEngine(files);
  const load = usedSince(before, meter.read()).milliseconds;
  // Everyone's first work warms the machine and the references; it is not counted.
  engine.candidate(keccak256(utf8("warm")), 0, 0, NEUTRAL_OBSERVATION);
  let candidates = 0;
  let used = NO_USAGE;
  const seed = keccak256(utf8(`precision ${round}`));
  for (let index = 0; index < works; index++) {
    const start = meter.read();
    const tried = engine.screen(seed, index, 0, NEUTRAL_OBSERVATION);
    const last = tried.at(-1);
    if (last === undefined || !last.verdict.pass)
      throw new FatalError(
        "guard/no-candidate",
        `None of \`${tried.length}\` candidates passed the guard; measure a recipe that works come from.`,
      );
    engine.paint(
      {
        digest: Uint8Array.from(
          last.digest.slice(2).match(/../g) ?? [],
          (pair) => Number.parseInt(pair, 16),
        ),
        traits: last.traits,
        observation: NEUTRAL_OBSERVATION,
      },
      size,
    );
    used = addUsage(used, usedSince(start, meter.read()));
    candidates += tried.length;
  }
  return { load, candidates, used };
}

/** The recipe with its adapter stored otherwise. */
function variantOf(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: TunedManifest,
  adapter: Adapter,
  precision: Precision,
): {
  readonly precision: Precision;
  readonly adapter: Uint8Array;
  readonly files: ReadonlyMap<string, Uint8Array>;
} {
  const bytes = encodeAdapter({ ...adapter, precision });
  const { path } = manifest.adapter;
  const changed = { ...manifest, precision, adapter: referTo(path, bytes) };
  return {
    precision,
    adapter: bytes,
    files: new Map([
      ...files,
      [path, bytes],
      [RECIPE_MANIFEST, canonicalBytes(changed)],
    ]),
  };
}

function targets(
  { pictures: names }: Adapter,
  pictures: MeasureOptions["pictures"],
): readonly Uint8Array[] | undefined {
  const found = names.flatMap((name) => pictures?.get(name) ?? []);
  if (found.length !== names.length) return undefined;
  return found.map((rgb) => shrunkTo(rgb, COMPARE));
}

/** Signal to noise over all pictures together, decibels; null without targets, or where nothing differs. */
function signalOf(
  drawn: readonly Uint8Array[],
  wanted: readonly Uint8Array[] | undefined,
): number | null {
  if (wanted === undefined) return null;
  let [sum, count] = [0, 0];
  drawn.forEach((rgb, i) => {
    rgb.forEach((value, at) => {
      sum += (value - (wanted[i]?.[at] ?? 0)) ** 2;
    });
    count += rgb.length;
  });
  return sum === 0 ? null : 10 * Math.log10((255 * 255 * count) / sum);
}

function differing(
  drawn: readonly Uint8Array[],
  finest: readonly Uint8Array[],
): number {
  let [different, count] = [0, 0];
  drawn.forEach((rgb, i) => {
    rgb.forEach((value, at) => {
      if (value !== finest[i]?.[at]) different++;
    });
    count += rgb.length;
  });
  return count === 0 ? 0 : different / count;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    middle: sorted[sorted.length >> 1] ?? 0,
    low: sorted[0] ?? 0,
    high: sorted.at(-1) ?? 0,
  };
}
