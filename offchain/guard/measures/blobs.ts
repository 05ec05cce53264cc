import { at, PIXELS, SIDE } from "../picture.ts";

/** A connected set of pixels (by their sides): how many, and the box around them, all bounds inclusive. */
export interface Blob {
  readonly area: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All blobs of the pixels that `inside` holds for, in the order of their first pixel. */
export function findBlobs(inside: (index: number) => boolean): Blob[] {
  const seen = new Uint8Array(PIXELS);
  const stack = new Uint16Array(PIXELS);
  const blobs: Blob[] = [];
  for (let start = 0; start < PIXELS; start++) {
    if (at(seen, start) === 1 || !inside(start)) continue;
    let [area, left, right, top, bottom] = [0, SIDE, 0, SIDE, 0];
    let height = 0;
    const push = (i: number): void => {
      if (at(seen, i) === 1 || !inside(i)) return;
      seen[i] = 1;
      stack[height++] = i;
    };
    push(start);
    while (height > 0) {
      const i = at(stack, --height);
      const [x, y] = [i % SIDE, i >> 6];
      area++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (x > 0) push(i - 1);
      if (x + 1 < SIDE) push(i + 1);
      if (y > 0) push(i - SIDE);
      if (y + 1 < SIDE) push(i + SIDE);
    }
    blobs.push({ area, left, right, top, bottom });
  }
  return blobs;
}
