import { expect } from "chai";

import { parseWord } from "../../../tasks/console/registry-options.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("tasks/console/registry-options", () => {
  it("reads 32 bytes in either case, and nothing else", async () => {
    expect(parseWord(`0x${"aB".repeat(32)}`, "root")).to.equal(
      `0x${"ab".repeat(32)}`,
    );
    for (const text of [undefined, "", "ab".repeat(32), `0x${"ab".repeat(31)}`])
      await expectCode(() => parseWord(text, "root"), "options/bad-root");
    await expectCode(
      () => parseWord("genesis", "recipe"),
      "options/bad-recipe",
    );
  });
});
