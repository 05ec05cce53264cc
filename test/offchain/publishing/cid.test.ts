import { expect } from "chai";
import fc from "fast-check";
import { CID } from "multiformats/cid";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { toHex, utf8, type Hex } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import {
  cidToDigest,
  digestToCid,
  parseCid,
  rawCid,
} from "../../../offchain/publishing/cid.ts";
import { tokenPaths, tokenUri } from "../../../offchain/publishing/paths.ts";
import { thrownBy } from "../../kit/thrown.ts";

describe("publishing/cid", () => {
  it("turns digests into CIDs and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const digest = toHex(bytes);
        const cid = digestToCid(digest);
        expect(cidToDigest(cid)).to.equal(digest);
        expect(cidToDigest(parseCid(cid.toString()))).to.equal(digest);
      }),
    );
  });

  it("gives a known leaf its CID", () => {
    // "hello world": checked with Python, base32 of 01 55 12 20 and hashlib's SHA-256.
    expect(rawCid(utf8("hello world")).toString()).to.equal(
      "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
    );
  });

  it("hashes natively to the kernel's value", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(nativeSha256(bytes))).to.equal(toHex(sha256(bytes)));
      }),
    );
  });

  it("refuses what is no CID, or not one of the profile", () => {
    const version0 = "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR";
    const sha512 = CID.decode(
      Uint8Array.of(1, 0x55, 0x13, 64, ...new Uint8Array(64)),
    ).toString();
    for (const text of ["", "hello", version0, sha512])
      expect(thrownBy(() => parseCid(text)).code).to.equal(
        "publishing/bad-cid",
      );
    expect(thrownBy(() => digestToCid("0x00")).code).to.equal(
      "publishing/bad-digest",
    );
  });
});

describe("publishing/paths", () => {
  it("names a token's files and its URI as the collection does", () => {
    expect(tokenPaths(3_000_012n)).to.deep.equal({
      metadata: "3000012.json",
      image: "images/3000012.png",
    });
    // The vectors of the Solidity library's own test.
    const vectors = {
      "0x59948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef":
        "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354",
      [`0x${"00".repeat(32)}`]: `bafybei${"a".repeat(52)}`,
      [`0x${"ff".repeat(32)}`]: `bafybeih${"7".repeat(50)}4`,
      [`0x80${"00".repeat(30)}01`]: `bafybeie${"a".repeat(49)}ae`,
    };
    for (const [digest, cid] of Object.entries(vectors))
      expect(tokenUri(digest as Hex, 3_000_012n)).to.equal(
        `ipfs://${cid}/3000012.json`,
      );
  });
});
