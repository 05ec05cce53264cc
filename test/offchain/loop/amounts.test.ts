import { expect } from "chai";

import {
  exactAmount,
  shortAmount,
  worth,
} from "../../../offchain/loop/amounts.ts";

describe("loop/amounts", () => {
  const ONE = 10n ** 18n;

  it("writes every digit that says something", () => {
    expect(exactAmount(0n)).to.equal("0");
    expect(exactAmount(1n)).to.equal("0.000000000000000001");
    expect(exactAmount(ONE)).to.equal("1");
    expect(exactAmount(12n * ONE + ONE / 2n)).to.equal("12.5");
    expect(exactAmount(-ONE / 4n)).to.equal("-0.25");
  });

  it("writes three of a small amount and two decimals of a large one", () => {
    expect(shortAmount(0n)).to.equal("0");
    expect(shortAmount(123_456_789_000_000n)).to.equal("0.000123");
    expect(shortAmount(1_234_567n * 10n ** 15n)).to.equal("1234.56");
    expect(shortAmount(3n * ONE)).to.equal("3.00");
  });

  it("turns a coin into a currency", () => {
    expect(worth(ONE / 100n, 2_000n * ONE)).to.equal(20n * ONE);
  });
});
