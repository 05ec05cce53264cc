import { expect } from "chai";
import fc from "fast-check";

import { canonicalJson, type Json } from "../../../offchain/kernel/json.ts";
import { fromHex, toHex, uint256 } from "../../../offchain/kernel/bytes.ts";
import { splitTokenId, tokenId } from "../../../offchain/kernel/ids.ts";

const { tree: json } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("tree"), { maxKeys: 4 }),
  ),
}));

describe("kernel/json", () => {
  it("writes JSON that parses back to the same value", () => {
    fc.assert(
      fc.property(
        json,
        (v) =>
          void expect(JSON.parse(canonicalJson(v))).to.deep.equal(
            JSON.parse(JSON.stringify(v)),
          ),
      ),
    );
  });

  it("does not depend on the order of keys", () => {
    expect(canonicalJson({ b: 1, a: [2, { d: "x", c: null }] })).to.equal(
      '{"a":[2,{"c":null,"d":"x"}],"b":1}',
    );
    expect(canonicalJson({ a: [2, { c: null, d: "x" }], b: 1 })).to.equal(
      '{"a":[2,{"c":null,"d":"x"}],"b":1}',
    );
  });

  it("refuses what has no one text", () => {
    for (const bad of [
      0.5,
      NaN,
      2 ** 53,
      "\ud800",
      undefined,
      { a: undefined },
    ]) {
      expect(() => canonicalJson(bad as Json))
        .to.throw()
        .with.property("code", "kernel/bad-json");
    }
  });
});

describe("kernel/bytes", () => {
  it("turns bytes to hexadecimal and back", () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        (bytes) => void expect(fromHex(toHex(bytes))).to.deep.equal(bytes),
      ),
    );
    for (const bad of ["", "0x1", "12", "0xzz"]) {
      expect(() => fromHex(bad))
        .to.throw()
        .with.property("code", "kernel/bad-hex");
    }
  });

  it("writes words that read back as the same integer, and refuses others", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
        (n) => void expect(BigInt(toHex(uint256(n)))).to.equal(n),
      ),
    );
    for (const bad of [-1n, 1n << 256n])
      expect(() => uint256(bad))
        .to.throw()
        .with.property("code", "kernel/bad-uint256");
  });
});

describe("kernel/ids", () => {
  it("splits the ids that it makes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 4999 }),
        (batch, index) =>
          void expect(splitTokenId(tokenId(batch, index))).to.deep.equal({
            batch: BigInt(batch),
            index,
          }),
      ),
    );
    for (const bad of [0n, 999_999n, 1_005_000n, -1n]) {
      expect(() => splitTokenId(bad))
        .to.throw()
        .with.property("code", "kernel/bad-token");
    }
  });
});
