import { featureSpace } from "../generator/likeness/features.ts";
import {
  halvesInterval,
  kernelInterval,
  noFurtherThanHalves,
  type Interval,
  type Points,
} from "../generator/likeness/kernel-distance.ts";
import { neighbours, relativeNearness } from "../generator/likeness/nearest.ts";
import type { GuardConfig } from "../guard/config.ts";
import { prepareReferences } from "../guard/quotation.ts";
import type { Traits } from "../kernel/traits.ts";
import type { TraitTable } from "../rarity/table.ts";
import { usualDistances } from "./calibrate/copy-bounds.ts";
import {
  drawCandidates,
  drawWorks,
  type Atelier,
  type Drawn,
} from "./calibrate/draw.ts";
import { guardOf, lenientGuard, type Leniency } from "./calibrate/leniency.ts";
import { fitOdds, type Dropped } from "./calibrate/odds.ts";
import { measured } from "./calibrate/sample.ts";
import type { PictureKey } from "./engine.ts";
import type { Progress } from "./ports-progress.ts";

/** What a calibration needs. Same inputs, same result, however many workers draw. */
export interface CalibrationOptions {
  /** The odds to begin with. */
  readonly table: TraitTable;
  /** Traits that name pictures of the dataset: they lose no value. */
  readonly donors: readonly string[];
  /** The pixels of a work; calls are made ahead. */
  readonly pixels: (key: PictureKey, size: number) => Promise<Uint8Array>;
  /** The dataset's pictures (64 of them are measured), and the donors as the recipe itself draws them: 64 x 64 x 3 bytes each. */
  readonly pictures: readonly Uint8Array[];
  readonly references: readonly Uint8Array[];
  /** Candidates that the odds are fitted to, and works that the result is checked with. */
  readonly candidates?: number;
  readonly works?: number;
  readonly progress?: Progress;
}

/** How new works, chosen as a batch would choose them, compare with the dataset. */
export interface Check {
  readonly works: number;
  readonly tried: number;
  /** Rejected candidates by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Kernel distances; see offchain/generator/likeness. */
  readonly halves: Interval;
  readonly distance: Interval;
  /** Share of halvings in which the works are no further than the other half. */
  readonly share: number;
  /** Whether the works are no further from the dataset than its halves from each other. */
  readonly alike: boolean;
  /** Smallest nearest distances to the dataset, as shares of what is usual within it. */
  readonly nearestWhole: number;
  readonly nearestPart: number;
}

/** What a recipe of a tuned model draws by. */
export interface Calibration {
  readonly table: TraitTable;
  readonly guard: GuardConfig;
  /** How strict the guard could stay. */
  readonly leniency: Leniency;
  readonly dropped: readonly Dropped[];
  readonly check: Check;
}

const CANDIDATES = 72;
const WORKS = 24;
/** Dropping aims at this share of the halves' upper end, so that fresh works stay below it too; after each round that failed, at that share again. */
const MARGIN = 0.75;
/** Rounds of fitting and checking; each begins with the odds of the one before, and has its works to judge by. */
const ROUNDS = 4;

/**
 * Fits odds and guard of a tuned recipe to its dataset: bounds that the dataset's own pictures pass, bounds on copies from
 * the dataset's own distances, and no odds for what does not look like it. Then draws fresh works and measures them.
 * Deterministic: seeds are fixed, and results go by index. Drawing takes all of the time, about 100 to 200 candidates.
 * @throws LoopError `guard/bad-preview`, `generator/bad-likeness` on a picture of another size;
 * `generator/few-pictures` with less than four pictures; those of `pixels`.
 */
export async function calibrate(
  options: CalibrationOptions,
): Promise<Calibration> {
  const { donors, progress } = options;
  const pictures = measured(options.pictures);
  const space = featureSpace(pictures);
  const reference = pictures.map(space);
  const halves = halvesInterval(reference);
  const references = prepareReferences(options.references);
  const usual = usualDistances(pictures);
  const strict: Atelier = {
    pixels: options.pixels,
    guard: guardOf(pictures, usual),
    references,
    space,
  };
  const count = options.candidates ?? CANDIDATES;
  const works = options.works ?? WORKS;
  const drawn = await drawCandidates(
    strict,
    options.table,
    count,
    counted(progress, "calibrate", count),
  );
  const { guard, leniency, samples } = lenientGuard(
    pictures,
    usual,
    references,
    drawn,
    ({ traits }) => traits[options.table.traits[0]?.name ?? ""] ?? "",
  );
  const atelier: Atelier = { ...strict, guard };
  const dropped: Dropped[] = [];
  let { table } = options;
  let best: Calibration | undefined;
  let aim = 1;
  for (let round = 1; ; round++) {
    aim *= MARGIN;
    const odds = fitOdds({
      table,
      samples: samples.filter(({ traits }) => drawable(table, traits)),
      reference,
      keep: new Set(donors),
      goal: aim * halves.high,
    });
    table = odds.table;
    dropped.push(...odds.dropped);
    const tries = await drawWorks(
      atelier,
      table,
      round,
      works,
      counted(progress, "check", works),
    );
    const check = checkWorks(tries, { pictures, reference, halves });
    const found = { table, guard, leniency, dropped: [...dropped], check };
    if (
      best === undefined ||
      found.check.distance.value < best.check.distance.value
    )
      best = found;
    if (check.alike || round === ROUNDS) return best;
    samples.push(...tries.flat());
  }
}

/** Whether a table still draws all of these values. */
function drawable(table: TraitTable, traits: Traits): boolean {
  return table.traits.every(({ name, values }) =>
    values.some((value) => value.name === traits[name] && value.weight > 0),
  );
}

/** Measures works as a batch would have them. */
function checkWorks(
  tries: readonly Drawn[][],
  {
    pictures,
    reference,
    halves,
  }: {
    pictures: readonly Uint8Array[];
    reference: Points;
    halves: Interval;
  },
): Check {
  const taken = tries.flatMap((of) => of.filter(({ accepted }) => accepted));
  const reasons: Record<string, number> = {};
  for (const reason of tries.flat().flatMap((tried) => tried.reasons))
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  const points = taken.map(({ point }) => point);
  const none = { value: Infinity, low: Infinity, high: Infinity };
  const distance = points.length < 2 ? none : kernelInterval(reference, points);
  const near = relativeNearness(
    taken.map(({ preview }) => preview),
    neighbours(pictures),
  );
  return {
    works: taken.length,
    tried: tries.flat().length,
    reasons,
    halves,
    distance,
    share: points.length < 2 ? 0 : noFurtherThanHalves(reference, points),
    alike: distance.value <= halves.high,
    nearestWhole: Math.min(...near.map(({ whole }) => whole)),
    nearestPart: Math.min(...near.map(({ part }) => part)),
  };
}

function counted(
  progress: Progress | undefined,
  stage: string,
  total: number,
): () => void {
  let done = 0;
  return () => progress?.stage(stage, ++done, total);
}
