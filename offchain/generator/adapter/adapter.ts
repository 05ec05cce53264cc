import type { Hex } from "../../kernel/bytes.ts";

/** How an adapter's numbers are stored. They are computed with as f32, whatever this says. */
export type Precision = "f32" | "f16" | "int8";

/** Codes per cell of a grid: the inputs that the first layer of the field keeps for them. */
export const CODES = 8;

/** What tuning made of a dataset: matrices upon the base, and a grid of codes and a palette for each picture. */
export type Adapter = Readonly<{
  /** sha-256 of the weights file it was tuned upon; it fits no other. */
  base: Hex;
  /** Root of the dataset it learned from. */
  dataset: Hex;
  precision: Precision;
  /** Rank of the low-rank matrices, and what their product is scaled by is alpha / rank (Hu et al., LoRA, 2021). */
  rank: number;
  alpha: number;
  /** Place of the family whose trunk was tuned. */
  family: number;
  /** Cells per side of each picture's grid. */
  grid: number;
  /** Names of the pictures, in the order of codes and palettes; words that a trait table can use. */
  pictures: readonly string[];
  /** [pictures][grid][grid][CODES], row by row from the top left. */
  codes: Float32Array;
  /** [pictures][8][3]: sRGB 0..255, each picture's slots, from dark to light when tuning began. */
  palettes: Uint8Array;
  /** Low-rank matrices and modulations by name; see the folder's README. */
  tensors: ReadonlyMap<string, Float32Array>;
}>;

/** The tuned network: codes in, slots out. Exact. */
export type Decoder = Readonly<{
  /** Logits [n, 8] of the palette slots for codes [n, CODES]. Any n; a point's logits do not depend on its neighbours. */
  logits: (codes: Float32Array, out: Float32Array) => void;
}>;
