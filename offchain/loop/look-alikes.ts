import { apart, shrink, turned, TURNS, WINDOWS } from "../dataset/variants.ts";
import { createHashIndex } from "../guard/near-duplicate.ts";
import { perceptualHash } from "../guard/perceptual-hash.ts";

/**
 * Two pictures are one when both measures say so: at most this many of the 256 bits of the guard's hash, which finds them quickly,
 * and at most this part of their contrast in hundredths, which is sure. Of two licensed sets (38 flags, 17 patterns; every turn and crop
 * below) the nearest different pictures are 37 bits and 57 hundredths apart, and no pair is near in both; what was saved again, lit
 * otherwise, blurred or cropped in the middle is at 14 and 38 at most.
 */
export const NEAR_BITS = 30;
export const NEAR_HUNDREDTHS = 45;

const AS_TURNED: Readonly<Record<(typeof TURNS)[number], string>> = {
  mirrored: "the mirror image of",
  "upside down": "the mirror image, upside down, of",
  "turned by 180 degrees": "a turned copy of",
  "turned by 90 degrees": "a turned copy of",
  "turned by 270 degrees": "a turned copy of",
};

/** An earlier picture that a new one repeats, and how: `the same picture as`, `a part of` ... */
export interface LookAlike<Name> {
  readonly earlier: Name;
  readonly how: string;
}

/** Finds pictures that repeat earlier ones: nearly equal, mirrored, turned, or a little cropped. */
export interface LookAlikes<Name> {
  /** The earlier picture that this one (256 x 256 x 3 bytes) repeats. */
  find(rgb: Uint8Array): Promise<LookAlike<Name> | undefined>;
  /** Counts a picture among the earlier ones. */
  add(name: Name, rgb: Uint8Array): void;
}

/** Only hashes are kept, 300 bytes a picture: `recall` gives the pixels of an earlier one, when a hash is near. */
export function createLookAlikes<Name>(
  recall: (name: Name) => Promise<Uint8Array>,
): LookAlikes<Name> {
  const names: Name[] = [];
  const wholes = createHashIndex(NEAR_BITS);
  // One for each window of each picture.
  const parts = createHashIndex(NEAR_BITS);

  return {
    async find(rgb) {
      const whole = shrink(rgb);
      const tries: readonly (readonly [string, () => Uint8Array])[] = [
        ["the same picture as", () => whole],
        ...TURNS.map(
          (turn) => [AS_TURNED[turn], () => turned(whole, turn)] as const,
        ),
        ...WINDOWS.map(
          (window) => ["a larger view of", () => shrink(rgb, window)] as const,
        ),
      ];
      for (const [how, draw] of tries) {
        const small = draw();
        const near = wholes.nearest(perceptualHash(small));
        if (near === undefined || near.distance > NEAR_BITS) continue;
        const earlier = names[near.place] as Name;
        if (apart(shrink(await recall(earlier)), small) <= NEAR_HUNDREDTHS)
          return { earlier, how };
      }
      const near = parts.nearest(perceptualHash(whole));
      if (near === undefined || near.distance > NEAR_BITS) return undefined;
      const earlier = names[Math.floor(near.place / WINDOWS.length)] as Name;
      const window = WINDOWS[near.place % WINDOWS.length];
      const part = shrink(await recall(earlier), window);
      return apart(part, whole) <= NEAR_HUNDREDTHS
        ? { earlier, how: "a part of" }
        : undefined;
    },
    add(name, rgb) {
      names.push(name);
      wholes.add(perceptualHash(shrink(rgb)));
      for (const window of WINDOWS)
        parts.add(perceptualHash(shrink(rgb, window)));
    },
  };
}
