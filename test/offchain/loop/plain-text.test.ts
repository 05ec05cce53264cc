import { expect } from "chai";
import fc from "fast-check";

import { plainText, unseenIn } from "../../../offchain/loop/plain-text.ts";

describe("loop/plain-text", () => {
  for (const [what, text, shown] of [
    ["colours", "\u001b[31;1mred\u001b[0m", "red"],
    ["a window title", "a\u001b]0;owned\u0007b", "ab"],
    [
      "a hidden link",
      "\u001b]8;;http://evil\u001b\\safe\u001b]8;;\u001b\\",
      "safe",
    ],
    ["C1 sequences", "a\u009b2Jb", "ab"],
    ["half a sequence", "a\u001b[", "a"],
    [
      "carriage returns that overwrite",
      "vote no\rvote yes",
      "vote no\nvote yes",
    ],
    ["backspaces", "yes\u0008\u0008\u0008no", "yesno"],
    ["reading direction", "pay \u202e000,1\u202c", "pay 000,1"],
    ["zero widths", "lo\u200bop\ufeff\u00ad", "loop"],
    ["tags", "a\u{e0041}\u{e007f}b", "ab"],
    ["private use", "a\ue000b", "ab"],
    ["piled marks", `z${"\u0300".repeat(40)}`, `z${"\u0300".repeat(4)}`],
    ["half surrogates", "a\ud800b", "a\ufffdb"],
    ["joined emoji, as they are", "👩‍🎨 नी", "👩‍🎨 नी"],
  ] as const)
    it(`takes out ${what}`, () => {
      expect(plainText(text, { max: 100 })).to.equal(shown);
    });

  it("cuts what is long, and says so", () => {
    expect(plainText("abcdef", { max: 3 })).to.equal("abc…");
    const start = plainText("\u0007".repeat(1_000_000) + "x", { max: 100 });
    expect(start).to.equal("…");
    expect(plainText("a\n\n b\tc ", { max: 9, line: true })).to.equal("a b c");
  });

  it("lets through what it gave, and nothing that a terminal obeys", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const shown = plainText(text, { max: 500 });
        expect(plainText(shown, { max: 500 })).to.equal(shown);
        expect(unseenIn(shown)).to.equal(undefined);
      }),
    );
  });

  it("names the first character that nobody sees", () => {
    expect(unseenIn("fine\ntext 👩‍🎨\t.")).to.equal(undefined);
    expect(unseenIn("a\nb\u202ec")).to.deep.equal({ code: "U+202E", line: 2 });
  });
});
