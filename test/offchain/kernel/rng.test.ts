import { expect } from "chai";
import fc from "fast-check";

import { createRng } from "../../../offchain/kernel/rng.ts";
import {
  candidateSeed,
  batchSeed,
  seedWord,
} from "../../../offchain/kernel/seed.ts";
import { toHex } from "../../../offchain/kernel/bytes.ts";
import { AbiCoder, keccak256 } from "ethers";

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("kernel/rng", () => {
  it("pins the first draws of a seed", () => {
    const rng = createRng(Uint8Array.from({ length: 32 }, (_, i) => i));
    expect([rng.u32(), rng.u32(), rng.u32(), rng.u32()]).to.deep.equal([
      2897979831, 2716359913, 1941786762, 3414033566,
    ]);
  });

  it("gives the same stream for the same seed and an undisturbed fork", () => {
    fc.assert(
      fc.property(seeds, fc.nat(40), (seed, skip) => {
        const a = createRng(seed);
        const b = createRng(seed);
        for (let i = 0; i < skip; i++) b.u32();
        const [x, y] = [a.fork("palette"), b.fork("palette")];
        for (let i = 0; i < 5; i++) expect(x.u32()).to.equal(y.u32());
      }),
    );
  });

  it("draws below its bound, and hits each of six faces about equally", () => {
    const rng = createRng(new Uint8Array(32).fill(7));
    const faces = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) {
      const face = rng.below(6);
      faces[face] = (faces[face] ?? 0) + 1;
    }
    const chiSquare = faces.reduce(
      (sum, seen) => sum + (seen - 10_000) ** 2 / 10_000,
      0,
    );
    expect(chiSquare).to.be.below(20.5); // 99.9 % point for 5 degrees of freedom
  });

  it("has normal-looking gauss draws", () => {
    const rng = createRng(new Uint8Array(32).fill(9));
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 20_000; i++) {
      const g = rng.gauss();
      sum += g;
      squares += g * g;
    }
    expect(Math.abs(sum / 20_000)).to.be.below(0.03);
    expect(Math.abs(squares / 20_000 - 1)).to.be.below(0.05);
  });

  it("refuses a seed that has not 32 bytes and a bound that is no bound", () => {
    expect(() => createRng(new Uint8Array(31)))
      .to.throw()
      .with.property("code", "kernel/bad-seed");
    for (const n of [0, -1, 1.5, 2 ** 33, NaN]) {
      expect(() => createRng(new Uint8Array(32)).below(n))
        .to.throw()
        .with.property("code", "kernel/bad-bound");
    }
  });
});

describe("kernel/seed", () => {
  it("is the keccak-256 of the ABI encoding, as a contract would compute it", () => {
    const abi = AbiCoder.defaultAbiCoder();
    const word = (byte: number): `0x${string}` =>
      toHex(new Uint8Array(32).fill(byte));
    const seed = batchSeed({
      seedWord: word(1),
      batch: 7,
      recipe: word(2),
      conditions: word(3),
    });
    expect(toHex(seed)).to.equal(
      keccak256(
        abi.encode(
          ["bytes32", "uint256", "bytes32", "bytes32"],
          [word(1), 7, word(2), word(3)],
        ),
      ),
    );
    expect(toHex(candidateSeed(seed, 4, 5))).to.equal(
      keccak256(abi.encode(["bytes32", "uint256", "uint256"], [seed, 4, 5])),
    );
  });

  const filled = (byte: number): `0x${string}` =>
    toHex(new Uint8Array(32).fill(byte));

  it("takes a header's mixHash, or its own hash where that is zero", () => {
    expect(seedWord({ mixHash: filled(1), hash: filled(2) })).to.equal(
      filled(1),
    );
    expect(seedWord({ mixHash: filled(0), hash: filled(2) })).to.equal(
      filled(2),
    );
    // One bit is enough.
    const least: `0x${string}` = `0x${"00".repeat(31)}01`;
    expect(seedWord({ mixHash: least, hash: filled(2) })).to.equal(least);
    expect(
      toHex(
        batchSeed({
          seedWord: seedWord({ mixHash: filled(0), hash: filled(2) }),
          batch: 1,
          recipe: filled(3),
          conditions: filled(4),
        }),
      ),
    ).to.equal(
      "0x5e9ff8bd463fb1fc10489ca5da3f6dc11537c4b2db3bccf5dc8edb7502d2f9ae",
    );
  });

  it("refuses a header without either", () => {
    for (const [header, code] of [
      [{ mixHash: "0x", hash: filled(2) }, "kernel/bad-word"],
      [{ mixHash: filled(1), hash: "0x" }, "kernel/bad-word"],
      [{ mixHash: filled(1), hash: `0x${"22".repeat(31)}` }, "kernel/bad-word"],
      [{ mixHash: filled(0), hash: filled(0) }, "kernel/no-seed-word"],
      [{ mixHash: filled(1), hash: filled(0) }, "kernel/no-seed-word"],
    ] as const)
      expect(() => seedWord(header))
        .to.throw()
        .with.property("code", code);
  });
});
