import { expect } from "chai";

import { shortCid, table } from "../../../tasks/console/table.ts";

describe("tasks/console/table", () => {
  it("aligns columns and ends no line in spaces", () => {
    expect(
      table(
        ["id", "name"],
        [
          ["1", "a"],
          ["22", "long name"],
        ],
      ),
    ).to.deep.equal(["id  name", "──  ─────────", "1   a", "22  long name"]);
  });

  it("shortens a CID to what can be compared by eye", () => {
    expect(
      shortCid("bafkreigcvrlm6ptgob54zv6ed4h2btwcpur72bjf4bvx4uardnim53ebza"),
    ).to.equal("bafkreigcv…53ebza");
  });
});
