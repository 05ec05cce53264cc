import type { Model } from "./model.ts";

/** Points to evaluate and where to put the answers. */
export type FieldQuery = {
  /** LATENT_SIZE numbers from `conditioning`. */
  readonly latent: Float32Array;
  /** 24 numbers, [3][8]: the eight slots' red, then green, then blue, each 0..1. */
  readonly palette: Float32Array;
  /** Edge hardness: what the logits are multiplied by before the softmax; 1 is as trained. */
  readonly temperature: number;
  /** n points (x, y) in the plane of the teachers, [-1, 1] squared. */
  readonly xy: Float32Array;
  /** Receives n x 8 slot weights, if given. */
  readonly weights?: Float32Array;
  /** Receives n x 3 colours, 0..1, if given. */
  readonly rgb?: Float32Array;
};

/** Evaluates the network at any points. */
export type Field = {
  readonly evaluate: (query: FieldQuery) => void;
};

/** Makes a field that works through `points` points at a time (a multiple of 64); queries may be of any length. */
export declare function createField(
  model: Model,
  options: { points: number },
): Field;
