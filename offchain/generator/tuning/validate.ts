import type { TunedKernels } from "../kernels/load.ts";

import { TILE, type TuningNetwork } from "./network.ts";
import type { LoadedPicture } from "./pictures.ts";

/** Points of a picture that a validation looks at. */
const POINTS = 256;
/** Among the held-out pixels, row by row: prime to their number, so that none comes twice and no part of the picture is left out. */
const STRIDE = 37;

/** Mean squared colour error, without noise, at the centres of pixels that training never draws; see `heldOut` in the kernels. */
export function createValidator(
  k: TunedKernels,
  network: TuningNetwork,
  images: readonly LoadedPicture[],
): () => number {
  const points = images.map(({ side }) => heldPoints(k, side));
  return () => {
    let [sum, count] = [0, 0];
    network.begin();
    images.forEach(({ at, side }, picture) => {
      const all = points[picture]!;
      for (let from = 0; from < all.length / 2; from += TILE) {
        const n = Math.min(TILE, all.length / 2 - from);
        const part = all.subarray(from * 2, (from + n) * 2);
        k.f32(network.uvAt, n * 2).set(part);
        k.sampleColours(at, side, network.uvAt, network.targetAt, n);
        network.gather(picture, n);
        network.forward(picture, n);
        const target = k.f32(network.targetAt, n * 3);
        k.f32(network.rgbAt, n * 3).forEach((x, i) => {
          const error = x - target[i]!;
          sum += error * error;
        });
        count += n * 3;
      }
    });
    return sum / count;
  };
}

/** Held-out pixels' centres, [n][2], at most {@link POINTS} from all over the picture, a multiple of 4. */
function heldPoints(k: TunedKernels, side: number): Float32Array {
  const all: number[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (k.heldOut(x, y)) all.push((x + 0.5) / side, (y + 0.5) / side);
    }
  }
  const held = all.length / 2;
  const n = Math.min(POINTS, held) & ~3;
  return Float32Array.from({ length: n * 2 }, (_, i) => {
    const place = (Math.floor(i / 2) * STRIDE) % held;
    return all[place * 2 + (i % 2)]!;
  });
}
