import { expect } from "chai";
import fc from "fast-check";

import { MAX_TEXT } from "../../../offchain/market/csv.ts";
import { ONE } from "../../../offchain/market/decimal.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import { thrownBy } from "../../kit/thrown.ts";

const HEADER = "date,open,high,low,close,volume";
const candles = (...rows: string[]): string => [HEADER, ...rows].join("\n");
const sales = (...rows: string[]): string =>
  ["timestamp,token_id,price_eth", ...rows].join("\n");
const DAY_1 = "2020-01-01,10,12,9,11,5";
const DAY_2 = "2020-01-02,11,12,9,10,5";

describe("market/parse", () => {
  it("reads daily candles into one point a day", () => {
    const series = parseMarketCsv(candles(DAY_1, DAY_2), { name: "btc.csv" });
    expect(series.kind).to.equal("candles");
    expect(series.name).to.equal("btc.csv");
    expect(series.days).to.deep.equal([
      { day: 18_262, price: 11n * ONE, volume: 5n * ONE, time: 1_577_836_800 },
      { day: 18_263, price: 10n * ONE, volume: 5n * ONE, time: 1_577_923_200 },
    ]);
    expect(series.report).to.deep.equal({
      rows: 2,
      used: 2,
      blank: 0,
      unsorted: 0,
      repeated: 0,
      zeroPrice: 0,
      zeroVolume: 0,
      inconsistent: 0,
      jumps: 0,
      gaps: 0,
      widestStep: 1,
    });
  });

  it("reads sales: the lower median of a day, and the day's sum", () => {
    const series = parseMarketCsv(
      sales(
        "2020-01-01T10:00:00Z,7,90",
        "2020-01-01T11:00:00Z,8,1.5",
        "2020-01-01T12:00:00Z,9,0.5",
        "2020-01-03,1,2",
      ),
    );
    expect(series.kind).to.equal("sales");
    expect(
      series.days.map(({ price, volume, time }) => [price, volume, time]),
    ).to.deep.equal([
      [(3n * ONE) / 2n, 92n * ONE, 1_577_836_800 + 12 * 3600],
      [2n * ONE, 2n * ONE, 1_577_836_800 + 2 * 86_400],
    ]);
    expect(series.sales.length).to.equal(4);
    expect(series.report).to.include({
      rows: 4,
      used: 4,
      gaps: 1,
      widestStep: 2,
    });
  });

  it("understands other orders, cases, aliases, separators, quotes, comments, further columns, BOM and CRLF", () => {
    const plain = parseMarketCsv(candles(DAY_1, DAY_2)).days;
    const variants = [
      "Volume,Close,LOW,high,Open,Timestamp,Adj Close\n5,11,9,12,10,2020-01-01,1\n5,10,9,12,11,2020-01-02,",
      `\uFEFF${candles(DAY_1, DAY_2)}\n`.replaceAll("\n", "\r\n"),
      candles(DAY_1, DAY_2).replaceAll(",", ";"),
      candles(DAY_1, DAY_2).replaceAll(",", "\t"),
      `# a comment\n# another; with; semicolons\n${candles(`"2020-01-01","10","12","9","11","5"`, DAY_2)}`,
      candles(DAY_1, "", "  ", ",,,,,", DAY_2, ""),
      candles(DAY_2, DAY_1),
      `\uFEFF"date"${candles(DAY_1, DAY_2).slice(4)}`,
      candles("1577836800,10,12,9,11,5.0", "1577923200000,11,12,9,10,5e0"),
      candles(` ${DAY_1.replaceAll(",", " , ")} `, DAY_2),
    ];
    for (const text of variants)
      expect(parseMarketCsv(text).days, text).to.deep.equal(plain);
  });

  it("cleans what is merely dirty, and counts it", () => {
    const series = parseMarketCsv(
      candles(
        "2020-01-03,10,10,10,10,0",
        "2020-01-01,10,12,9,11,5",
        "2020-01-01,10,12,9,10,7",
        "",
        "2020-01-06,1000,1500,1000,1001,5",
        "2020-01-07,900,1500,1000,1001,5",
      ),
    );
    expect(series.report).to.deep.equal({
      rows: 5,
      used: 4,
      blank: 1,
      unsorted: 1,
      repeated: 1,
      zeroPrice: 0,
      zeroVolume: 1,
      inconsistent: 1,
      jumps: 1,
      gaps: 2,
      widestStep: 3,
    });
    expect(series.days[0]).to.include({ price: 10n * ONE, volume: 7n * ONE });
  });

  it("drops sales at zero and sales written twice, and counts them", () => {
    const { days, report } = parseMarketCsv(
      sales(
        "2020-01-01,1,0",
        "2020-01-01,1,2",
        "2020-01-01,1,2",
        "2020-01-01,2,2",
        "2020-01-02,1,0.0",
      ),
    );
    expect(report).to.include({ rows: 5, used: 2, zeroPrice: 2, repeated: 1 });
    expect(days.map(({ volume }) => volume)).to.deep.equal([4n * ONE]);
  });

  it("finds a sale written twice among others of the same second", () => {
    const { report } = parseMarketCsv(
      sales("2020-01-01,1,2", "2020-01-01,1,3", "2020-01-01,1,2"),
    );
    expect(report).to.include({ rows: 3, used: 2, repeated: 1 });
  });

  it("takes three of the four prices for candles when it says what is missing", () => {
    const error = thrownBy(() =>
      parseMarketCsv("date,price,open,high,low\n2020-01-01,1,1,1,1"),
    );
    expect(error.message).to.include(
      "looks like candles but has no column `close`, `volume`",
    );
  });

  const faults: [what: string, code: string, text: string][] = [
    ["no text", "market/empty-file", ""],
    ["only white space", "market/empty-file", "\uFEFF \r\n\n"],
    ["bytes that are no text", "market/not-text", "PNG\0\0"],
    ["a picture read as UTF-8", "market/not-text", "\uFFFDPNG"],
    ["another document", "market/missing-column", "<!doctype html>\n<p>hello"],
    ["JSON", "market/malformed-csv", '[["2020-01-01", 1]]'],
    ["no header", "market/missing-column", DAY_1],
    ["only comments", "market/empty-file", "# nothing here\n"],
    [
      "a missing column",
      "market/missing-column",
      "date,open,high,low,close\n2020-01-01,1,1,1,1",
    ],
    [
      "a missing date",
      "market/missing-column",
      "open,high,low,close,volume\n1,1,1,1,1",
    ],
    [
      "a missing price",
      "market/missing-column",
      "timestamp,token_id\n2020-01-01,1",
    ],
    ["a column twice", "market/repeated-column", `${HEADER},Close\n${DAY_1},3`],
    ["no rows", "market/no-usable-rows", HEADER],
    ["no sale above zero", "market/no-usable-rows", sales("2020-01-01,1,0")],
    [
      "an empty price",
      "market/empty-cell",
      candles(DAY_1, "2020-01-02,11,12,9,,5"),
    ],
    ["an empty date", "market/empty-cell", candles(",11,12,9,10,5")],
    ["an empty token", "market/empty-cell", sales("2020-01-01,,1")],
    ["a short row", "market/empty-cell", candles("2020-01-02,11,12,9,10")],
    [
      "a long row",
      "market/ragged-row",
      candles("2020-01-02,1,100,1,200,1,000,1,100,5"),
    ],
    ["NaN", "market/bad-number", candles("2020-01-02,11,12,9,NaN,5")],
    [
      "an infinite volume",
      "market/bad-number",
      candles("2020-01-02,11,12,9,10,inf"),
    ],
    ["a currency sign", "market/bad-number", sales("2020-01-01,1,$5")],
    [
      "thousands in quotes",
      "market/bad-number",
      candles('2020-01-02,"1,100","1,200","1,000","1,100",5'),
    ],
    [
      "a number beyond reason",
      "market/bad-number",
      candles("2020-01-02,11,1e25,9,10,5"),
    ],
    [
      "a negative price",
      "market/negative-number",
      candles("2020-01-02,11,12,-9,10,5"),
    ],
    [
      "a negative volume",
      "market/negative-number",
      candles("2020-01-02,11,12,9,10,-5"),
    ],
    ["a negative sale", "market/negative-number", sales("2020-01-01,1,-1")],
    [
      "a candle at zero",
      "market/zero-price",
      candles("2020-01-02,11,12,0,10,5"),
    ],
    [
      "a date that could be two",
      "market/bad-date",
      candles("01/02/2020,11,12,9,10,5"),
    ],
    [
      "a day that never was",
      "market/bad-date",
      candles("2021-02-29,11,12,9,10,5"),
    ],
    [
      "low above high",
      "market/impossible-candle",
      candles("2020-01-02,11,9,12,10,5"),
    ],
    [
      "a quote left open",
      "market/malformed-csv",
      candles('"2020-01-02,11,12,9,10,5'),
    ],
    [
      "a row without end",
      "market/malformed-csv",
      candles(`2020-01-02,${"1".repeat(20_000)}`),
    ],
    [
      "two markets in one file",
      "market/conflicting-dates",
      candles(DAY_1, "2020-01-01,100,120,90,110,5"),
    ],
    ["hours instead of days", "market/not-daily", candles(DAY_1, DAY_1, DAY_1)],
  ];
  for (const [what, code, text] of faults) {
    it(`refuses ${what} in one sentence with a remedy`, () => {
      const error = thrownBy(() => parseMarketCsv(text, { name: "m.csv" }));
      expect(error.code).to.equal(code);
      expect(error.message).to.match(/^[^\n]*; [^\n]*\.$/);
      expect(error.message).to.include("m.csv");
      expect(error.message.length).to.be.below(400);
    });
  }

  it("names the line, the column and the value", () => {
    const text = `# comment\n${candles(DAY_1, "", DAY_2, "2020-01-03,11,12,9,NaN,5")}`;
    const { message } = thrownBy(() => parseMarketCsv(text));
    expect(message).to.include("`NaN` in column `close` of line 6");
  });

  it("refuses a text beyond its limit without reading it", () => {
    const error = thrownBy(() => parseMarketCsv("x".repeat(MAX_TEXT + 1)));
    expect(error.code).to.equal("market/file-too-large");
  });

  it("never throws anything but its own errors, whatever the text", () => {
    const cell = fc.oneof(
      fc.constantFrom(
        "",
        "2020-01-01",
        "1",
        "-1",
        "NaN",
        '"',
        '"a\n\u001b[2Jb"',
        "#",
        "\r",
      ),
      fc.string({ maxLength: 6 }),
    );
    const rows = fc.array(
      fc.array(cell, { maxLength: 8 }).map((cells) => cells.join(",")),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(HEADER, "timestamp,token_id,price_eth", ""),
        rows,
        (header, lines) => {
          try {
            const { report } = parseMarketCsv([header, ...lines].join("\n"));
            expect(report.used).to.be.greaterThan(0);
          } catch (error) {
            const { code, message } = error as {
              code?: unknown;
              message: string;
            };
            expect(String(code)).to.match(/^market\//);
            expect(message).to.match(/^[^\p{Cc}]+\.$/u);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
