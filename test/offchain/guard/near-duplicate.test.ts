import { expect } from "chai";
import fc from "fast-check";

import {
  createHashIndex,
  hashDistance,
  isNearDuplicate,
} from "../../../offchain/guard/near-duplicate.ts";
import {
  HASH_BITS,
  perceptualHash,
} from "../../../offchain/guard/perceptual-hash.ts";
import { SIDE } from "../../../offchain/guard/picture.ts";
import { toHex, type Hex } from "../../../offchain/kernel/bytes.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { FACE, GOOD, moved, ORNAMENT, paint, stream } from "./pictures.ts";

const hashes: fc.Arbitrary<Hex> = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map(toHex);
const renders = fc.uint8Array({
  minLength: SIDE * SIDE * 3,
  maxLength: SIDE * SIDE * 3,
});

/** Pictures with areas in them, unlike even noise: up to six discs on a ground. */
const scenes = fc
  .array(
    fc.tuple(
      fc.nat(63),
      fc.nat(63),
      fc.integer({ min: 4, max: 30 }),
      fc.uint8Array({ minLength: 3, maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((discs) =>
    paint((x, y) => {
      const top = discs.findLast(
        ([cx, cy, r]) => (x - cx) ** 2 + (y - cy) ** 2 < r * r,
      );
      return top === undefined
        ? [90, 110, 130]
        : ([...top[3]] as unknown as [number, number, number]);
    }),
  );

describe("guard/near-duplicate", () => {
  it("measures a distance: zero for equals only, the same both ways, no detour shorter", () => {
    fc.assert(
      fc.property(hashes, hashes, hashes, (a, b, c) => {
        expect(hashDistance(a, a)).to.equal(0);
        expect(hashDistance(a, b)).to.equal(hashDistance(b, a));
        expect(hashDistance(a, b) === 0).to.equal(a === b);
        expect(hashDistance(a, c)).to.be.at.most(
          hashDistance(a, b) + hashDistance(b, c),
        );
      }),
    );
  });

  it("counts differing bits", () => {
    fc.assert(
      fc.property(
        hashes,
        fc.uniqueArray(fc.nat(HASH_BITS - 1), { maxLength: HASH_BITS }),
        (hash, bits) => {
          const mask = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
          const other: Hex = `0x${(BigInt(hash) ^ mask).toString(16).padStart(64, "0")}`;
          expect(hashDistance(hash, other)).to.equal(bits.length);
          for (const limit of [0, 20, 255])
            expect(isNearDuplicate(hash, other, limit)).to.equal(
              bits.length <= limit,
            );
        },
      ),
    );
  });

  it("finds in an index what comparing one by one finds", () => {
    fc.assert(
      fc.property(
        fc.array(hashes, { maxLength: 200 }),
        fc.array(hashes, { maxLength: 5 }),
        hashes,
        (first, later, sought) => {
          const index = createHashIndex(118, first);
          for (const hash of later) index.add(hash);
          const distances = [...first, ...later].map((hash) =>
            hashDistance(hash, sought),
          );
          const least = Math.min(...distances);
          expect(index.size).to.equal(distances.length);
          expect(index.nearest(sought)).to.deep.equal(
            distances.length === 0
              ? undefined
              : { place: distances.indexOf(least), distance: least },
          );
          expect(index.has(sought)).to.equal(least <= 118);
        },
      ),
    );
  });

  it("refuses what is no hash", () => {
    expect(thrownBy(() => hashDistance("0x00", "0x00")).code).to.equal(
      "guard/bad-hash",
    );
    expect(thrownBy(() => createHashIndex(1, ["0x"])).code).to.equal(
      "guard/bad-hash",
    );
  });
});

describe("guard/perceptual-hash", () => {
  it("pins the hashes of three pictures", () => {
    expect([GOOD, FACE, ORNAMENT].map(perceptualHash)).to.deep.equal([
      "0xc85096905d35e7d8086dd314ebf300ed34110900eff33df239f2c00df8f0e0f0",
      "0x00023460081000006600003c3c0000220cc0003c1800006600fff000fcfcfcfc",
      "0xa54a952a54a9527e81ff005aff00aaaaaaaa5a00ff00ff0fffff0000fcf8f0f8",
    ]);
  });

  it("turns at most twelve bits for one altered pixel, whatever the picture", () => {
    const pixels = fc.tuple(
      fc.nat(SIDE * SIDE - 1),
      fc.uint8Array({ minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.oneof(renders, scenes), pixels, (rgb, [place, colour]) => {
        const altered = rgb.slice();
        altered.set(colour, 3 * place);
        expect(
          hashDistance(perceptualHash(rgb), perceptualHash(altered)),
        ).to.be.at.most(12);
      }),
      { numRuns: 60 },
    );
  });

  it("hardly moves under grain, and a little under a nudge", () => {
    const grain = stream("grain");
    fc.assert(
      fc.property(scenes, (rgb) => {
        const noisy = rgb.map((level) =>
          Math.max(0, Math.min(255, level + grain.below(17) - 8)),
        );
        expect(
          hashDistance(perceptualHash(rgb), perceptualHash(noisy)),
        ).to.be.at.most(16);
      }),
      { numRuns: 60, seed: 7 },
    );
    const nudged = moved(GOOD, (x, y) => [Math.max(0, x - 1), y]);
    expect(
      hashDistance(perceptualHash(GOOD), perceptualHash(nudged)),
    ).to.be.at.most(20);
  });

  it("tells different pictures, turned pictures and other colours apart", () => {
    const upended = moved(GOOD, (x, y) => [x, SIDE - 1 - y]);
    const swapped = paint(
      (x, y) =>
        [2, 1, 0].map((c) => GOOD[3 * (y * SIDE + x) + c] ?? 0) as unknown as [
          number,
          number,
          number,
        ],
    );
    for (const other of [FACE, ORNAMENT, upended, swapped])
      expect(
        hashDistance(perceptualHash(GOOD), perceptualHash(other)),
      ).to.be.greaterThan(30);
  });

  it("refuses a render of another size", () => {
    expect(thrownBy(() => perceptualHash(new Uint8Array(3))).code).to.equal(
      "guard/bad-preview",
    );
  });
});
