import { channel, moments, type Plane } from "./plane.ts";

/** Values of luma below which so many tenths of the picture lie. */
const TENTHS = [0.5, 2.5, 5, 7.5, 9.5];
const BINS = 4;

/**
 * The colours of a picture, wherever they stand: mean and deviation of the three channels, how they go together, five
 * quantiles of luma, mean and deviation of chroma, and how few colours hold most of it (shares of a 4 x 4 x 4 histogram of
 * RGB: the largest, the three largest, the root of the sum of squares).
 */
export function colourMoments(plane: Plane, rgb: Uint8Array): number[] {
  const channels = [0, 1, 2].map((c) => channel(plane, c));
  const [luma, red, blue] = channels as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const sorted = luma.toSorted();
  const chroma = red.map((value, i) =>
    Math.sqrt(value * value + blue[i]! * blue[i]!),
  );
  return [
    ...channels.flatMap((values) => moments(values)),
    together(luma, red),
    together(luma, blue),
    together(red, blue),
    ...TENTHS.map((tenth) => sorted[Math.floor((sorted.length * tenth) / 10)]!),
    ...moments(chroma),
    ...concentration(rgb),
  ];
}

/** Covariance, its root with its sign, so that it is on the scale of the channels. */
function together(a: Float64Array, b: Float64Array): number {
  const [meanA] = moments(a);
  const [meanB] = moments(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  const covariance = sum / a.length;
  return covariance < 0 ? -Math.sqrt(-covariance) : Math.sqrt(covariance);
}

function concentration(rgb: Uint8Array): number[] {
  const bins = new Float64Array(BINS * BINS * BINS);
  const share = 3 / rgb.length;
  for (let i = 0; i < rgb.length; i += 3)
    bins[
      ((rgb[i]! >> 6) * BINS + (rgb[i + 1]! >> 6)) * BINS + (rgb[i + 2]! >> 6)
    ]! += share;
  const shares = bins.toSorted().reverse();
  let squares = 0;
  for (const value of shares) squares += value * value;
  return [shares[0]!, shares[0]! + shares[1]! + shares[2]!, Math.sqrt(squares)];
}
