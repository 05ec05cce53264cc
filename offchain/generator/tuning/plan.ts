import { FatalError } from "../../kernel/errors.ts";
import { CODES } from "../adapter/adapter.ts";

/** What a tuning run is: with the same pictures, base and kernels these numbers decide every byte. All are integers but the seed. */
export type TuningPlan = {
  readonly seed: string;
  /** Steps of the whole schedule; early stop may end it sooner. */
  readonly steps: number;
  readonly rank: number;
  /** The matrices' product is scaled by alpha / rank. */
  readonly alpha: number;
  /** Place of the family whose trunk is tuned. */
  readonly family: number;
  /** Cells per side of a picture's grid. */
  readonly grid: number;
  /** Points per picture and step, a multiple of 8. */
  readonly points: number;
  /** Peak learning rate of the matrices, in millionths. */
  readonly rate: number;
  /** Noise on the codes in training, in thousandths: what makes near codes mean alike. */
  readonly noise: number;
  /** Validations (of 60) without a gain before the run goes to its end; 0: never. */
  readonly patience: number;
};

/** A picture to learn: its name as a trait word, and 256 x 256 sRGB bytes. */
export type TuningPicture = {
  readonly name: string;
  readonly rgb: Uint8Array;
};

/** Side of the pictures that tuning takes. */
export const PICTURE_SIDE = 256;
/** Pictures that an adapter can hold, one fewer than a trait has values: a palette may be `own`. Choose among more with `chooseDonors`. */
export const MOST_DONORS = 39;
/** Validations of a whole run. */
export const VALIDATIONS = 60;

const BUDGET = 400_000;
/** Header, palettes, scales and modulations. */
const OVERHEAD = 9_000;
const LARGEST_GRID = 48;
const SMALLEST_GRID = 16;
/** In and out of the first layer, four trunk layers and the head. */
const RANK_COLUMNS = CODES + 64 + 4 * 128 + 72;
const MOST_RANK = 64;
/** Points of a step in all pictures together, and of a picture: many small steps beat few large ones at equal time. */
const POINTS_PER_STEP = 2880;
const FEWEST_POINTS = 64;
const MOST_POINTS = 512;
/** Three to four minutes on one core, whatever the number of pictures. */
const STEPS = 12_000;
const RATE = 16_000;

/**
 * The plan for a number of pictures: the largest even grid whose int8 adapter stays below 400,000 bytes, and points shared among them.
 * @throws FatalError `tuning/bad-plan` where no plan can hold the pictures, or the rank is not 1..64
 */
export function planTuning(options: {
  readonly pictures: number;
  readonly rank: number;
  readonly seed?: string;
  readonly steps?: number;
}): TuningPlan {
  const { pictures, rank, seed = "tune", steps = STEPS } = options;
  if (!Number.isInteger(pictures) || pictures < 1 || pictures > MOST_DONORS)
    throw badPlan(`${pictures} pictures were given`, `1 to ${MOST_DONORS}`);
  if (!Number.isInteger(rank) || rank < 1 || rank > MOST_RANK)
    throw badPlan(`a rank of ${rank} was given`, `1 to ${MOST_RANK}`);
  if (!Number.isInteger(steps) || steps < 1 || steps > 1_000_000)
    throw badPlan(`${steps} steps were given`, "1 to 1000000");
  let grid = LARGEST_GRID;
  const room = BUDGET - OVERHEAD - 2 * rank * RANK_COLUMNS;
  while (grid > SMALLEST_GRID && pictures * grid * grid * CODES > room)
    grid -= 2;
  const points = Math.floor(POINTS_PER_STEP / pictures / 8) * 8;
  return {
    seed,
    steps,
    rank,
    alpha: rank,
    family: 0,
    grid,
    points: Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, points)),
    rate: RATE,
    noise: 120,
    patience: 8,
  };
}

function badPlan(problem: string, range: string): FatalError {
  return new FatalError(
    "tuning/bad-plan",
    `For tuning ${problem}; give ${range}.`,
  );
}
