import { expect } from "chai";

import {
  parseBudget,
  parseCurrency,
  parsePrice,
} from "../../../tasks/console/economics-options.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("tasks/console/economics-options", () => {
  const ONE = 10n ** 18n;

  it("reads a budget of the chain's coin and of a currency", () => {
    expect(parseBudget(undefined)).to.equal(undefined);
    expect(parseBudget("0.01")).to.deep.equal({
      amount: ONE / 100n,
      currency: undefined,
    });
    expect(parseBudget("5eur")).to.deep.equal({
      amount: 5n * ONE,
      currency: "eur",
    });
    expect(parseBudget("2.5USD")?.currency).to.equal("usd");
  });
  for (const bad of [
    "",
    "0",
    "-1",
    "eur",
    "5euros",
    "1,5",
    "1.2.3",
    "NaN",
    "1e30",
  ])
    it(`refuses a budget of ${bad === "" ? "nothing" : bad}`, () =>
      expectCode(() => parseBudget(bad), "options/bad-budget"));

  it("reads a price and a currency", async () => {
    expect(parsePrice("2100.5")).to.equal(21_005n * 10n ** 17n);
    expect(parseCurrency("EUR")).to.equal("eur");
    for (const bad of ["0", "-3", "x", ""])
      await expectCode(() => parsePrice(bad), "options/bad-price");
    for (const bad of ["e", "euro", "€", ""])
      await expectCode(() => parseCurrency(bad), "options/bad-currency");
  });
});
