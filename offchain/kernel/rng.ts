import { concat, utf8 } from "./bytes.ts";
import { keccak256 } from "./digest.ts";
import { FatalError } from "./errors.ts";

/** A deterministic stream of numbers. Integers inside; every float it returns is an exact binary fraction. */
export interface Rng {
  /** A uniform integer in [0, 2^32). */
  u32(): number;
  /** A uniform integer in [0, n), without modulo bias; n from 1 to 2^32. */
  below(n: number): number;
  /** A uniform multiple of 2^-32 in [0, 1). */
  unit(): number;
  /** A uniform multiple of 2^-31 in [-1, 1). */
  signed(): number;
  /** Nearly normal, mean 0, variance 1, inside [-6, 6): twelve units less six (Irwin-Hall), so no logarithm is needed. */
  gauss(): number;
  /** An independent stream for a named purpose: adding draws to one purpose never disturbs another. */
  fork(label: string): Rng;
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna, 2018) seeded from the first half of the keccak-256 of a 32-byte seed.
 * @throws FatalError `kernel/bad-seed` if the seed has not 32 bytes.
 */
export function createRng(seed: Uint8Array): Rng {
  if (seed.length !== 32) {
    throw new FatalError(
      "kernel/bad-seed",
      `A seed of ${seed.length} bytes was given; it must have 32.`,
    );
  }
  const view = new DataView(keccak256(seed).buffer);
  const state = Uint32Array.from({ length: 4 }, (_, i) =>
    view.getUint32(4 * i),
  );
  // The all-zero state is the one fixed point of the generator.
  if (state.every((word) => word === 0)) state[0] = 1;

  const u32 = (): number => {
    const [s0, s1, s2, s3] = state as unknown as [
      number,
      number,
      number,
      number,
    ];
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const a = s2 ^ s0;
    const b = s3 ^ s1;
    state[0] = s0 ^ b;
    state[1] = s1 ^ a;
    state[2] = a ^ (s1 << 9);
    state[3] = rotate(b, 11);
    return result;
  };
  const unit = (): number => u32() / 4294967296;

  return {
    u32,
    unit,
    below(n) {
      if (!Number.isInteger(n) || n < 1 || n > 4294967296) {
        throw new FatalError(
          "kernel/bad-bound",
          `\`${n}\` is no bound for a draw; give an integer from 1 to 2^32.`,
        );
      }
      const limit = 4294967296 - (4294967296 % n);
      let draw = u32();
      while (draw >= limit) draw = u32();
      return draw % n;
    },
    signed: () => unit() * 2 - 1,
    gauss() {
      let sum = 0;
      for (let i = 0; i < 12; i++) sum += unit();
      return sum - 6;
    },
    fork: (label) => createRng(keccak256(concat(seed, utf8(label)))),
  };
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
