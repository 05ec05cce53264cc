/** Writes the eight palette-slot weights (they add up to 1) at a point of the picture plane. */
export type TeacherField = (x: number, y: number, w: Float32Array) => void;

/**
 * A procedural family: the pictures that the base model learns from, drawn by our own code.
 *
 * The plane is [-1, 1] squared, y down; training also samples out to 1.5, because compositions turn and zoom.
 * Slots 0..5 are the palette's colours, 6 its shadow, 7 its light. A teacher may use any of JavaScript's Math:
 * it never runs on the exact path, only while training.
 */
export type Teacher = {
  /** Stable name, also the name of the trait value. */
  readonly name: string;
  /** Place in the model's family list, and so in the latent. */
  readonly index: number;
  /**
   * One picture of the family.
   * `u`: 32 style parameters in [-1, 1], the picture should change smoothly with each; `order`: 3..8.
   */
  readonly sample: (u: Float32Array, order: number) => TeacherField;
};
