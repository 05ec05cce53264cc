/** Dials that a steered work is turned by, integers from -1000 to 1000; 0 leaves the work as it is. */
export const WEAVE_DIALS = [
  /** The directions in which the dataset's codes differ most, the widest first; see bend.ts. */
  "style1",
  "style2",
  "style3",
  "style4",
  "style5",
  "style6",
  "style7",
  "style8",
  /** Codes drawn to their mean: plainer; below 0 away from it. */
  "truncation",
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
  /** Once round the colour circle, and grey to vivid. */
  "hue",
  "colour",
] as const;

export type WeaveDial = (typeof WEAVE_DIALS)[number];
export type WeaveSteer = Readonly<Partial<Record<WeaveDial, number>>>;
