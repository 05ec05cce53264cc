import {
  apart,
  createShrinker,
  turned,
  TURNS,
  WINDOWS,
} from "../dataset/variants.ts";
import { createHashIndex } from "../guard/near-duplicate.ts";
import { perceptualHash } from "../guard/perceptual-hash.ts";
import type { Hex } from "../kernel/bytes.ts";

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

/** A picture made ready to be compared: its small views and their hashes. */
export interface Views {
  readonly whole: View;
  /** In the order of {@link WINDOWS}. */
  readonly windows: readonly View[];
}

interface View {
  readonly small: Uint8Array;
  readonly hash: Hex;
}

/** Finds pictures that repeat earlier ones: nearly equal, mirrored, turned, or a little cropped. */
export interface LookAlikes<Name> {
  /** The earlier picture that this one repeats. */
  find(views: Views): Promise<LookAlike<Name> | undefined>;
  /** Counts a picture among the earlier ones. */
  add(name: Name, views: Views): void;
}

/** The views of a picture of 256 x 256 x 3 bytes. */
export function viewsOf(rgb: Uint8Array): Views {
  const shrink = createShrinker(rgb);
  const view = (small: Uint8Array): View => ({
    small,
    hash: perceptualHash(small),
  });
  return {
    whole: view(shrink()),
    windows: WINDOWS.map((window) => view(shrink(window))),
  };
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
    async find({ whole, windows }) {
      const turns = TURNS.map((turn) => {
        const small = turned(whole.small, turn);
        return [
          AS_TURNED[turn],
          { small, hash: perceptualHash(small) },
        ] as const;
      });
      for (const [how, { small, hash }] of [
        ["the same picture as", whole] as const,
        ...turns,
        ...windows.map((each) => ["a larger view of", each] as const),
      ]) {
        const near = wholes.nearest(hash);
        if (near === undefined || near.distance > NEAR_BITS) continue;
        const earlier = names[near.place] as Name;
        const shrink = createShrinker(await recall(earlier));
        if (apart(shrink(), small) <= NEAR_HUNDREDTHS) return { earlier, how };
      }
      const near = parts.nearest(whole.hash);
      if (near === undefined || near.distance > NEAR_BITS) return undefined;
      const earlier = names[Math.floor(near.place / WINDOWS.length)] as Name;
      const shrink = createShrinker(await recall(earlier));
      const part = shrink(WINDOWS[near.place % WINDOWS.length]);
      return apart(part, whole.small) <= NEAR_HUNDREDTHS
        ? { earlier, how: "a part of" }
        : undefined;
    },
    add(name, { whole, windows }) {
      names.push(name);
      wholes.add(whole.hash);
      for (const { hash } of windows) parts.add(hash);
    },
  };
}
