import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { LIKENESS_SIDE } from "../../../../offchain/generator/likeness/plane.ts";

/** A picture of 64 pixels whose every colour is a function of its place. */
export function painted(
  colour: (x: number, y: number) => readonly number[],
): Uint8Array {
  const rgb = new Uint8Array(LIKENESS_SIDE * LIKENESS_SIDE * 3);
  for (let i = 0; i < LIKENESS_SIDE * LIKENESS_SIDE; i++)
    rgb.set(colour(i % LIKENESS_SIDE, Math.floor(i / LIKENESS_SIDE)), 3 * i);
  return rgb;
}

/** So many pictures of one hand: discs of one colour on another, by name; `big` discs are another hand. */
export function discs(name: string, count: number, big = false): Uint8Array[] {
  const rng = createRng(keccak256(utf8(name)));
  return Array.from({ length: count }, () => {
    const colours = Array.from({ length: 2 }, () =>
      Array.from({ length: 3 }, () => rng.below(256)),
    ) as [number[], number[]];
    const spots = Array.from({ length: big ? 2 : 12 }, () => ({
      x: rng.below(64),
      y: rng.below(64),
      r: (big ? 18 : 4) + rng.below(4),
    }));
    return painted((x, y) =>
      spots.some((s) => (x - s.x) ** 2 + (y - s.y) ** 2 < s.r ** 2)
        ? colours[0]
        : colours[1],
    );
  });
}

/** The picture moved to the right by so many pixels, its left column repeated. */
export function shifted(rgb: Uint8Array, by: number): Uint8Array {
  return painted((x, y) => {
    const at = (y * LIKENESS_SIDE + Math.max(0, x - by)) * 3;
    return [...rgb.subarray(at, at + 3)];
  });
}

/** The picture mirrored left to right. */
export function flipped(rgb: Uint8Array): Uint8Array {
  return painted((x, y) => {
    const at = (y * LIKENESS_SIDE + LIKENESS_SIDE - 1 - x) * 3;
    return [...rgb.subarray(at, at + 3)];
  });
}
