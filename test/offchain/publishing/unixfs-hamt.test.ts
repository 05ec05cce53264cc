import { expect } from "chai";

import { toHex } from "../../../offchain/kernel/bytes.ts";
import {
  arrangeHamt,
  hamtBitfield,
  hamtPrefix,
  hamtSlots,
} from "../../../offchain/publishing/unixfs-hamt.ts";
import { thrownBy } from "../../kit/thrown.ts";

describe("publishing/unixfs-hamt", () => {
  it("takes the first eight bytes of murmur3-128, as go-unixfs does", () => {
    // murmur3 x64 128 of the empty string is all zero, by its definition.
    expect([...hamtSlots("")]).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0]);
    // The published value for "hello" with seed 0 is cbd8a7b341bd9b02 5b1e906a48ae1d19.
    expect(toHex(hamtSlots("hello"))).to.equal("0xcbd8a7b341bd9b02");
  });

  it("writes prefixes as two upper-case digits", () => {
    expect([0, 10, 171, 255].map(hamtPrefix)).to.deep.equal([
      "00",
      "0A",
      "AB",
      "FF",
    ]);
  });

  it("writes the bit field big-endian without leading zero bytes", () => {
    expect([...hamtBitfield([0])]).to.deep.equal([1]);
    expect([...hamtBitfield([9, 0])]).to.deep.equal([2, 1]);
    expect(hamtBitfield([255])).to.have.length(32);
    expect([...hamtBitfield([])]).to.deep.equal([0]);
  });

  it("refuses names that share every bit of the hash", () => {
    const twice = [{ name: "a" }, { name: "a" }];
    expect(thrownBy(() => arrangeHamt(twice)).code).to.equal(
      "publishing/hamt-collision",
    );
  });
});
