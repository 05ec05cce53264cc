/** Dials that a steered work is turned by, integers from -1000 to 1000; 0 leaves the work as it is. */
export const WEAVE_DIALS = [
  /** Far to near. */
  "zoom",
  /** What is shown of the cloth: to the right, and downward. */
  "across",
  "down",
  /** Cool to warm, and dusk to morning. */
  "warmth",
  "light",
  /** Still to swaying. */
  "sway",
] as const;

export type WeaveDial = (typeof WEAVE_DIALS)[number];
export type WeaveSteer = Readonly<Partial<Record<WeaveDial, number>>>;
