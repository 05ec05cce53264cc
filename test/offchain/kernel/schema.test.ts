import { expect } from "chai";
import { z } from "zod";

import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { bytes32, parseJson } from "../../../offchain/kernel/schema.ts";
import { thrownBy } from "../../kit/thrown.ts";

const shape = z.strictObject({ root: bytes32 });
const as = { code: "kernel/bad-example", what: "example.json" } as const;

describe("kernel/schema", () => {
  it("reads what has the form", () => {
    const value = { root: `0x${"0a".repeat(32)}` };
    expect(parseJson(shape, utf8(JSON.stringify(value)), as)).to.deep.equal(
      value,
    );
  });

  for (const [fault, bytes] of Object.entries({
    "a word too short": utf8('{"root":"0x0a"}'),
    "upper case": utf8(`{"root":"0x${"0A".repeat(32)}"}`),
    "a field too many": utf8(`{"root":"0x${"0a".repeat(32)}","more":1}`),
    "no JSON": utf8("{"),
    "no UTF-8": Uint8Array.of(0x22, 0xff, 0x22),
  }))
    it(`refuses ${fault} by the caller's code`, () => {
      expect(thrownBy(() => parseJson(shape, bytes, as))).to.have.property(
        "code",
        as.code,
      );
    });
});
