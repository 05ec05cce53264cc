import { expect } from "chai";
import fc from "fast-check";

import { ONE, parseDecimal } from "../../../offchain/market/decimal.ts";

describe("market/decimal", () => {
  it("reads what people and programs write", () => {
    const cases: [string, bigint][] = [
      ["0", 0n],
      ["12", 12n * ONE],
      ["+12.5", (25n * ONE) / 2n],
      [".5", ONE / 2n],
      ["5.", 5n * ONE],
      ["-0.000001", -ONE / 1_000_000n],
      ["1e3", 1_000n * ONE],
      ["1.5E-7", (15n * ONE) / 100_000_000n],
      ["0.0000000000000000019", 1n],
      ["1.9265781400000002", 1_926_578_140_000_000_200n],
    ];
    for (const [text, value] of cases)
      expect(parseDecimal(text), text).to.equal(value);
  });

  it("takes nothing else for a number", () => {
    const texts = [
      "",
      ".",
      "-",
      "NaN",
      "nan",
      "inf",
      "Infinity",
      "1,234",
      "1 000",
      "0x10",
      "1e",
      "1e999",
      "$5",
      "1.2.3",
      "٣",
      "9".repeat(61),
    ];
    for (const text of texts)
      expect(parseDecimal(text), text).to.equal(undefined);
  });

  it("keeps every digit of any integer with up to eighteen decimals", () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (value) => {
        const size = value < 0n ? -value : value;
        const fraction = (size % ONE).toString().padStart(18, "0");
        const text = `${value < 0n ? "-" : ""}${size / ONE}.${fraction}`;
        expect(parseDecimal(text)).to.equal(value);
      }),
    );
  });

  it("reads an exponent as a shift of the point", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(12), (digits, places) => {
        const shifted = parseDecimal(`${digits}e-${places}`);
        expect(shifted).to.equal(
          (BigInt(digits) * ONE) / 10n ** BigInt(places),
        );
      }),
    );
  });
});
