import { FatalError } from "../../kernel/errors.ts";
import type { Rng } from "../../kernel/rng.ts";
import type { Pointer, TunedKernels } from "../kernels/load.ts";

import type { TuningNetwork } from "./network.ts";
import type { TuningPicture, TuningPlan } from "./plan.ts";

/** A picture in the kernels' memory, 3 bytes a pixel. */
export type LoadedPicture = { readonly at: Pointer; readonly side: number };

/** Steps of Roberts' R2 sequence; see `drawPoints` in the kernels. */
const STEP_X = 0xc13fa9a9;
const STEP_Y = 0x91e10da5;

/**
 * Copies a picture into the kernels' memory.
 * @throws FatalError `tuning/bad-picture` where it is not square or has fewer pixels a side than its grid cells
 */
export function loadPicture(
  k: TunedKernels,
  { name, rgb }: TuningPicture,
  grid: number,
): LoadedPicture {
  const side = Math.floor(Math.sqrt(rgb.length / 3) + 0.5);
  if (side * side * 3 !== rgb.length || side < grid) {
    const message = `The picture ${name} has ${rgb.length} bytes; give a square one of 256 x 256 pixels, 3 bytes each.`;
    throw new FatalError("tuning/bad-picture", message);
  }
  const at = k.alloc(rgb.length);
  k.u8(at, rgb.length).set(rgb);
  return { at, side };
}

/**
 * Draws a step's points of one picture: the returned function fills the network's tile with n of them from the given one on, their
 * colours and their codes with noise. One sequence of points and one of noise, so that the size of tiles changes nothing.
 */
export function drawTiles(
  k: TunedKernels,
  network: TuningNetwork,
  { at, side }: LoadedPicture,
  plan: TuningPlan,
  rng: Rng,
): (picture: number, from: number, n: number) => void {
  const [x, y, noise] = [rng.u32(), rng.u32(), rng.u32()];
  const { uvAt, targetAt, codesAt } = network;
  return (picture, from, n) => {
    const seedX = (x + Math.imul(from, STEP_X)) | 0;
    const seedY = (y + Math.imul(from, STEP_Y)) | 0;
    k.drawPoints(uvAt, n, side, seedX, seedY);
    k.sampleColours(at, side, uvAt, targetAt, n);
    network.gather(picture, n);
    k.addNoise(codesAt, n * 8, (noise + from * 8) | 0, plan.noise / 1000);
  };
}
