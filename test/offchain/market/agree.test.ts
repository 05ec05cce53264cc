import { expect } from "chai";

import { agree, type Agreed } from "../../../offchain/market/agree.ts";
import type { MarketField } from "../../../offchain/market/reading.ts";

const NAMES = ["a", "b", "c", "d"];

const among = (
  field: MarketField,
  values: readonly (number | undefined)[],
  isPrice = false,
): Agreed =>
  agree(
    field,
    values.map((value, i) => ({
      source: NAMES[i]!,
      kind: "prices",
      time: 0,
      fields: value === undefined ? {} : { [field]: value },
    })),
    isPrice,
  );
const names = (list: readonly { source: string }[]): string =>
  list.map(({ source }) => source).join("");

describe("market/agree", () => {
  it("takes the lower median over those that tell the field", () => {
    expect(among("change", []).value).to.equal(undefined);
    expect(among("change", [undefined]).value).to.equal(undefined);
    expect(among("change", [undefined, 7]).value).to.equal(7);
    expect(among("change", [-9, -7]).value).to.equal(-9);
    expect(among("change", [5, -9, -7]).value).to.equal(-7);
    expect(among("change", [4, 3, 2, 1]).value).to.equal(2);
  });

  it("believes neither of two that are further apart than the least amount and the share", () => {
    const near: [MarketField, number, number, boolean?][] = [
      ["change", 0, 300],
      ["change", -150, 150],
      ["change", 3_000, 4_000],
      ["volatility", 0, 200],
      ["trend", -300, 0],
      ["sentiment", 1_000, 2_500],
      ["floor", 7_500, 10_000],
      ["floor", 9_500, 10_000, true],
      ["volume", 5_000, 10_000],
      ["floor", 0.75 * 2 ** 48, 2 ** 48],
    ];
    for (const [field, low, high, isPrice] of near) {
      expect(among(field, [low, high], isPrice), field).to.include({
        value: low,
      });
      const { value, used, heard, discarded } = among(
        field,
        [low - 1, high],
        isPrice,
      );
      expect([value, names(used), names(heard)], field).to.deep.equal([
        undefined,
        "",
        "",
      ]);
      expect(discarded.map(({ source, code }) => [source, code])).to.deep.equal(
        [
          ["a", "market/disagree"],
          ["b", "market/disagree"],
        ],
      );
      expect(discarded[0]).to.include({ field });
    }
  });

  it("names the ones far from the median of three, and hears them all the same", () => {
    const { value, used, heard, discarded } = among("change", [0, 9_000, 10]);
    expect([value, names(used), names(heard)]).to.deep.equal([10, "ac", "abc"]);
    expect(discarded).to.have.length(1);
    expect(discarded[0]).to.include({
      source: "b",
      field: "change",
      code: "market/outlier",
    });
  });
});
