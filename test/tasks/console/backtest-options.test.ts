import { expect } from "chai";

import {
  parseFolds,
  parsePolicy,
  parseRoyalty,
  parseSales,
} from "../../../tasks/console/backtest-options.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("tasks/console/backtest-options", () => {
  it("reads percentages as bps", () => {
    expect(parseRoyalty(undefined)).to.equal(500);
    expect(parseRoyalty("0%")).to.equal(0);
    expect(parseRoyalty("7.5%")).to.equal(750);
    expect(parseRoyalty("2.25 %")).to.equal(225);
    expect(parseRoyalty("10%")).to.equal(1_000);
  });

  for (const text of [
    "5",
    "-1%",
    "10.01%",
    "11%",
    "1.234%",
    "five%",
    "",
    "5%%",
  ])
    it(`refuses \`${text}\` as a royalty`, async () => {
      await expectCode(() => parseRoyalty(text), "options/bad-royalty");
    });

  it("knows the policies, the learning one first", async () => {
    expect(parsePolicy(undefined).name).to.equal("bandit");
    expect(parsePolicy("hold").name).to.equal("hold");
    await expectCode(() => parsePolicy("oracle"), "steward/unknown-policy");
  });

  it("needs a file, and a number of folds that makes sense", async () => {
    await expectCode(() => parseSales(undefined), "options/missing");
    expect(parseFolds(undefined)).to.equal(undefined);
    expect(parseFolds("3")).to.equal(3);
    for (const text of ["0", "25", "two", "1.5"])
      await expectCode(() => parseFolds(text), "options/bad-folds");
  });
});
