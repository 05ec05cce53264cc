import type { Picture } from "./picture.ts";
import {
  chroma,
  colours,
  dominance,
  spread,
  vividness,
} from "./measures/colour.ts";
import { face, mirrored } from "./measures/face.ts";
import { brightness, clipped, contrast, massing } from "./measures/light.ts";
import {
  balance,
  banding,
  bareness,
  crispness,
  detail,
  grain,
} from "./measures/structure.ts";

/** Everything the guard can measure: name to a function from a picture to an integer. A new one is one line here. */
export const MEASURES = {
  balance,
  banding,
  bareness,
  brightness,
  chroma,
  clipped,
  colours,
  contrast,
  crispness,
  detail,
  dominance,
  face,
  grain,
  massing,
  mirrored,
  spread,
  vividness,
} as const satisfies Record<string, (picture: Picture) => number>;

export type MeasureName = keyof typeof MEASURES;

/** Names of all measures, sorted. */
export const MEASURE_NAMES = Object.keys(MEASURES) as [
  MeasureName,
  ...MeasureName[],
];
