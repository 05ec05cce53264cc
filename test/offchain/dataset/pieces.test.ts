import { expect } from "chai";

import { canonicalWithList } from "../../../offchain/dataset/pieces.ts";
import { canonicalBytes } from "../../../offchain/kernel/json.ts";

describe("dataset/pieces", () => {
  it("gives the bytes of the whole, whatever the other words are", () => {
    const record = { a: '"list":[]', title: '"list":[] "list":[', version: 1 };
    for (const entries of [
      [],
      [{ x: 1 }],
      [{ x: "é" }, { list: [] }, { y: null }],
    ])
      expect(canonicalWithList(record, "list", entries)).to.deep.equal(
        canonicalBytes({ ...record, list: entries }),
      );
  });
});
