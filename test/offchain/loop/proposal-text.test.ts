import { expect } from "chai";

import { utf8 } from "../../../offchain/kernel/bytes.ts";
import {
  descriptionOf,
  readProposalText,
  shownText,
} from "../../../offchain/loop/proposal-text.ts";
import { expectCode } from "../../kit/rejection.ts";

const PROPOSER = `0x${"ab".repeat(20)}` as const;
const read = (text: string) => readProposalText(utf8(text), "why.md");

describe("loop/proposal-text", () => {
  it("takes the first line as the title, however it is written", () => {
    const text = { title: "Raise it", body: "Because.\n\n- sales" };
    expect(read("# Raise it\r\n\r\nBecause.\r\n\r\n- sales\r\n")).to.deep.equal(
      text,
    );
    expect(read("\n\nRaise it\nBecause.\n\n- sales")).to.deep.equal(text);
    expect(read("# Raise it")).to.deep.equal({ title: "Raise it", body: "" });
  });

  it("writes what Tally and the Governor read: title, body, reasons, and the proposer at the very end", () => {
    const context = { proposer: PROPOSER, reasons: "bafkrei" };
    const text = { title: "Raise it", body: "Because." };
    const description = descriptionOf(text, context);
    expect(description).to.equal(
      `# Raise it\n\nBecause.\n\nReasons: ipfs://bafkrei\n\n#proposer=${PROPOSER}`,
    );
    // A file that was a description before does not end in two proposers.
    expect(read(description).body).to.equal(
      "Because.\n\nReasons: ipfs://bafkrei",
    );
    expect(shownText(description).title).to.equal("Raise it");
  });

  for (const [what, text] of [
    ["nothing", " \n\t\n"],
    ["a title without words", "# \n\nbody"],
    ["a title that is a text", "x".repeat(121)],
    ["a reading direction", "Raise \u202eit"],
    ["an escape sequence", "Raise it\n\u001b[2J"],
    ["a zero width", "Ra\u200bise"],
  ] as const)
    it(`refuses ${what}`, () =>
      expectCode(() => read(text), "dao/bad-description"));

  it("refuses a megabyte, and bytes that are no text", async () => {
    await expectCode(
      () => read("x".repeat(1 << 20)),
      "dao/description-too-long",
    );
    await expectCode(
      () => readProposalText(Uint8Array.of(0xff, 0xfe), "why.md"),
      "dao/bad-description",
    );
  });

  it("shows a stranger's description without what it does to a terminal", () => {
    const junk = `\u001b[2J# Free\u202e works\u0007\n\n${"\u001b[31m".repeat(9)}body`;
    expect(shownText(junk)).to.deep.equal({
      title: "Free works",
      body: "body",
    });
    expect(shownText("\u001b[2J\u0000").title).to.equal("(no title)");
    const long = shownText(`# ${"t".repeat(1 << 20)}`);
    expect(long.title.length).to.equal(121);
  });
});
