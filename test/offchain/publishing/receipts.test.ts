import { expect } from "chai";

import { utf8 } from "../../../offchain/kernel/bytes.ts";
import {
  claimDigest,
  parseReceipts,
  receiptsBytes,
  type Receipt,
} from "../../../offchain/publishing/receipts.ts";
import { CLAIM } from "../../kit/receipt.ts";
import { thrownBy } from "../../kit/thrown.ts";

const RECEIPT: Receipt = {
  claim: CLAIM,
  signer: `0x${"51".repeat(20)}`,
  signature: `0x${"99".repeat(65)}`,
};

describe("publishing/receipts", () => {
  it("are read as they were written", () => {
    expect(parseReceipts(receiptsBytes([RECEIPT]))).to.deep.equal([RECEIPT]);
  });

  it("have a digest that any changed figure changes", () => {
    const [stage] = Object.entries(CLAIM.stages);
    const more = { ...stage?.[1], milliseconds: 101 };
    const changed = {
      ...CLAIM,
      stages: { ...CLAIM.stages, [stage?.[0] ?? ""]: more },
    } as typeof CLAIM;
    expect(claimDigest(changed)).not.to.equal(claimDigest(CLAIM));
    expect(claimDigest(structuredClone(CLAIM))).to.equal(claimDigest(CLAIM));
  });

  const text = new TextDecoder().decode(receiptsBytes([RECEIPT]));
  const wrong: Record<string, string> = {
    "no JSON": text.slice(1),
    "an unknown field": text.replace('"size":', '"host":"somewhere","size":'),
    "a fraction": text.replace('"accepted":2', '"accepted":2.5'),
    spaces: text.replace('"accepted":2', '"accepted": 2'),
    "energy that comes from nowhere": text.replace(
      '"this machine does not tell"',
      "null",
    ),
    "no receipt": '{"receipts":[],"version":1}',
  };
  for (const [fault, bytes] of Object.entries(wrong)) {
    it(`refuses a file with ${fault}`, () => {
      expect(bytes).not.to.equal(text);
      expect(thrownBy(() => parseReceipts(utf8(bytes))).code).to.equal(
        "publishing/bad-receipts",
      );
    });
  }
});
