import { expect } from "chai";

import {
  agree,
  type NodeAnswer,
} from "../../../offchain/adapters/functions-agree.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";

const said = (result: Hex): NodeAnswer => ({ result, error: undefined });
const failed = (error: string): NodeAnswer => ({ result: undefined, error });
const bytes = (text: string): Hex => `0x${Buffer.from(text).toString("hex")}`;

describe("what nodes agree on", () => {
  it("is what most of them said", () => {
    const answers = [said("0x02"), said("0x01"), said("0x02"), said("0x02")];
    expect(agree(answers)).to.deep.equal({ result: "0x02", error: "0x" });
  });

  it("is what two said of whom one may lie, whatever the others failed at", () => {
    const answers = [failed("a"), said("0x01"), failed("a"), said("0x01")];
    expect(agree(answers)).to.deep.equal({ result: "0x01", error: "0x" });
  });

  it("does not depend on the order of nodes", () => {
    const answers = [said("0x02"), said("0x01"), said("0x02"), said("0x01")];
    expect(agree(answers).result).to.equal("0x01");
    expect(agree(answers.toReversed()).result).to.equal("0x01");
  });

  it("is the error of two where no two said the same", () => {
    const answers = [said("0x01"), said("0x02"), failed("b"), failed("b")];
    expect(agree(answers)).to.deep.equal({ result: "0x", error: bytes("b") });
  });

  it("is that they do not agree, where no two did anything alike", () => {
    const answers = [said("0x01"), said("0x02"), failed("a"), failed("b")];
    expect(agree(answers)).to.deep.equal({
      result: "0x",
      error: bytes("the nodes do not agree"),
    });
  });

  it("carries no more than 256 bytes of an error", () => {
    const answers = Array.from({ length: 4 }, () => failed("x".repeat(300)));
    expect(agree(answers).error).to.equal(bytes("x".repeat(256)));
  });
});
