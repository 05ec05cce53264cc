import { fromHex, toHex, type Hex } from "./bytes.ts";
import { FatalError } from "./errors.ts";

/**
 * One market observation with the parameters that were in force, all integers: the meaning of a batch's `conditions`.
 * An absent field (see `present`) is zero, or 5000 for sentiment, and has no effect on a picture.
 */
export interface Observation {
  /** Which market fields were observed. */
  readonly present: {
    readonly change: boolean;
    readonly volatility: boolean;
    readonly trend: boolean;
    readonly sentiment: boolean;
    readonly floor: boolean;
    readonly volume: boolean;
  };
  /** Price change over the last period, bps, -32768..32767 (clamped). */
  readonly change: number;
  /** Standard deviation of the per-period change over up to 30 periods, bps, 0..65535. */
  readonly volatility: number;
  /** Price change over the last 30 periods, bps, -32768..32767 (clamped). */
  readonly trend: number;
  /** 0 extreme fear .. 10000 extreme greed; 5000 is neutral. */
  readonly sentiment: number;
  /** Floor price in millionths of the quote unit, 0..2^48-1. */
  readonly floor: number;
  /** Volume of the last period in thousandths of the unit, 0..2^48-1. */
  readonly volume: number;
  /** When it was observed, unix seconds, 0..2^40-1. */
  readonly time: number;
  /** Least aesthetic grade the guard accepts, bps 0..10000. */
  readonly guardThreshold: number;
  /** How strongly the market moves the odds: 10000 as the trait table says, 0 not at all; 0..65535. */
  readonly oddsSensitivity: number;
  /** Binary logarithm of the pictures' side in pixels: 6 (64) .. 12 (4096). Here, because a rebuild from the chain alone needs it. */
  readonly sizeLog2: number;
  /** 0 for what the operator opened; the forge writes 1..15 into the conditions of a child, see `offchain/rarity`. */
  readonly generation: number;
}

const MARKET_FIELDS = [
  "change",
  "volatility",
  "trend",
  "sentiment",
  "floor",
  "volume",
] as const;
const VERSION = 1;

/** Number of values a field of so many bytes has: powers of 256, written out because `**` is not exact everywhere. */
const SPANS: Readonly<Record<number, number>> = {
  2: 0x1_0000,
  5: 0x100_0000_0000,
  6: 0x1_0000_0000_0000,
};

/** No market at all, and the parameters as a new collection has them. */
export const NEUTRAL_OBSERVATION: Observation = {
  present: {
    change: false,
    volatility: false,
    trend: false,
    sentiment: false,
    floor: false,
    volume: false,
  },
  change: 0,
  volatility: 0,
  trend: 0,
  sentiment: 5_000,
  floor: 0,
  volume: 0,
  time: 0,
  guardThreshold: 5_000,
  oddsSensitivity: 10_000,
  sizeLog2: 9,
  generation: 0,
};

/**
 * Field layout of the word, big-endian: name, first byte, width in bytes, signed. Byte 0 is the version, 1 the mask, 31 the
 * generation in its high half and the size in its low half.
 */
const LAYOUT = [
  ["change", 2, 2, true],
  ["volatility", 4, 2, false],
  ["trend", 6, 2, true],
  ["sentiment", 8, 2, false],
  ["floor", 10, 6, false],
  ["volume", 16, 6, false],
  ["time", 22, 5, false],
  ["guardThreshold", 27, 2, false],
  ["oddsSensitivity", 29, 2, false],
] as const;
const LAST = 31;
const MAX_GENERATION = 15;

/**
 * Packs an observation into the 32-byte `conditions` word.
 * @throws FatalError `kernel/bad-observation` if a field is not an integer inside its range, or absent but not neutral.
 */
export function packObservation(observation: Observation): Hex {
  const word = new Uint8Array(32);
  word[0] = VERSION;
  MARKET_FIELDS.forEach((field, bit) => {
    if (observation.present[field]) word[1] = (word[1] ?? 0) | (1 << bit);
    else if (observation[field] !== NEUTRAL_OBSERVATION[field]) {
      throw new FatalError(
        "kernel/bad-observation",
        `Field \`${field}\` is marked absent but holds ${observation[field]}; give its neutral value.`,
      );
    }
  });
  for (const [field, offset, width, signed] of LAYOUT)
    write(word, field, observation[field], offset, width, signed);
  requireWithin("sentiment", observation.sentiment, 0, 10_000);
  requireWithin("guardThreshold", observation.guardThreshold, 0, 10_000);
  requireWithin("sizeLog2", observation.sizeLog2, 6, 12);
  requireWithin("generation", observation.generation, 0, MAX_GENERATION);
  word[LAST] = observation.generation * 16 + observation.sizeLog2;
  return toHex(word);
}

/**
 * Reads a `conditions` word back; the inverse of {@link packObservation}.
 * @throws FatalError `kernel/bad-conditions` if no observation packs to this word.
 */
export function unpackObservation(conditions: Hex): Observation {
  const word = fromHex(conditions);
  const bad = (why: string): FatalError =>
    new FatalError(
      "kernel/bad-conditions",
      `Conditions \`${conditions}\` ${why}.`,
    );
  if (word.length !== 32) throw bad("are not 32 bytes");
  if (word[0] !== VERSION)
    throw bad(`have version ${word[0]}, which this engine does not know`);
  const mask = word[1] ?? 0;
  const present = Object.fromEntries(
    MARKET_FIELDS.map((field, bit) => [field, (mask & (1 << bit)) !== 0]),
  );
  const fields = Object.fromEntries(
    LAYOUT.map(([field, offset, width, signed]) => [
      field,
      read(word, offset, width, signed),
    ]),
  );
  const last = word[LAST] ?? 0;
  const [generation, sizeLog2] = [last >> 4, last & 15];
  const observation = {
    present,
    ...fields,
    sizeLog2,
    generation,
  } as unknown as Observation;
  try {
    if (packObservation(observation) === conditions.toLowerCase())
      return observation;
  } catch (cause) {
    throw new FatalError(
      "kernel/bad-conditions",
      `Conditions \`${conditions}\` hold a field outside its range.`,
      { cause },
    );
  }
  throw bad("use bits that have no meaning");
}

function write(
  word: Uint8Array,
  field: string,
  value: number,
  offset: number,
  width: number,
  signed: boolean,
): void {
  const span = SPANS[width] ?? 0;
  const [low, high] = signed ? [-span / 2, span / 2 - 1] : [0, span - 1];
  requireWithin(field, value, low, high);
  let rest = value < 0 ? value + span : value;
  for (let i = offset + width - 1; i >= offset; i--) {
    word[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function read(
  word: Uint8Array,
  offset: number,
  width: number,
  signed: boolean,
): number {
  let value = 0;
  for (let i = offset; i < offset + width; i++)
    value = value * 256 + (word[i] ?? 0);
  const span = SPANS[width] ?? 0;
  return signed && value >= span / 2 ? value - span : value;
}

function requireWithin(
  field: string,
  value: number,
  low: number,
  high: number,
): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new FatalError(
      "kernel/bad-observation",
      `Field \`${field}\` holds ${value}; it must be an integer from ${low} to ${high}.`,
    );
  }
}
