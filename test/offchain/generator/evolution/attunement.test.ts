import { expect } from "chai";
import fc from "fast-check";

import {
  DIAL_END,
  DIALS,
  unpackAttunement,
  UNTOUCHED,
} from "../../../../offchain/generator/evolution/attunement.ts";
import type { Hex } from "../../../../offchain/kernel/bytes.ts";

const word = (value: bigint): Hex =>
  `0x${value.toString(16).padStart(64, "0")}`;
const dial = fc.integer({ min: -DIAL_END, max: DIAL_END });

describe("attunement", () => {
  it("is untouched where the word is zero", () => {
    expect(unpackAttunement(word(0n))).to.deep.equal(UNTOUCHED);
  });

  it("reads four signed bytes, dial 0 in the lowest", () => {
    fc.assert(
      fc.property(fc.tuple(dial, dial, dial, dial), (turned) => {
        const packed = turned.reduce(
          (sum, value, i) =>
            sum | (BigInt.asUintN(8, BigInt(value)) << BigInt(8 * i)),
          0n,
        );
        const read = unpackAttunement(word(packed));
        expect(DIALS.map((name) => read[name])).to.deep.equal(turned);
      }),
    );
  });

  for (const [why, value] of [
    ["a dial beyond its end", 9n],
    ["a dial beyond its other end", 0xf7n << 24n],
    ["a fifth byte", 1n << 32n],
    ["the highest bit", 1n << 255n],
  ] as const)
    it(`refuses ${why}`, () => {
      expect(() => unpackAttunement(word(value)))
        .to.throw()
        .with.property("code", "evolution/bad-attunement");
    });
});
