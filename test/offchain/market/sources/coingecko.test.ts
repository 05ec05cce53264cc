import { expect } from "chai";

import { isoDate } from "../../../../offchain/market/calendar.ts";
import { observe } from "../../../../offchain/market/observe.ts";
import { coingecko } from "../../../../offchain/market/sources/coingecko.ts";
import { thrownBy } from "../../../kit/thrown.ts";
import { AT, fixture, TODAY } from "../readings.ts";

const MIDNIGHT = 1_795_132_800_000;
const chart = (prices: unknown, total_volumes: unknown = prices): object => ({
  prices,
  total_volumes,
});
const codeOf = (body: unknown): string => thrownBy(() => coingecko(body)).code;

describe("market/sources/coingecko", () => {
  it("takes the point at midnight for the close of the day before, and the point of now for no day", () => {
    const { series, tellsVolume } = coingecko(fixture("coingecko.json"));
    expect(series.days).to.have.length(41);
    const last = series.days.at(-1)!;
    expect(last.day).to.equal(TODAY - 1);
    expect(isoDate(last.day)).to.equal("2026-11-19");
    const { prices } = JSON.parse(fixture("coingecko.json")) as {
      prices: [number, number][];
    };
    expect(prices.at(-2)![0]).to.equal(MIDNIGHT);
    // All the digits of the text, and eighteen decimals.
    expect(last.price.toString()).to.equal(
      String(prices.at(-2)![1]).replace(".", "").padEnd(22, "0"),
    );
    expect(tellsVolume).to.equal(true);
    expect(observe(series, { at: AT }).present).to.include({
      change: true,
      trend: true,
      volume: true,
    });
  });

  it("reads an answer that was parsed as it reads its text", () => {
    const text = fixture("coingecko.json");
    expect(coingecko(JSON.parse(text))).to.deep.equal(coingecko(text));
  });

  it("sorts, and counts a day once that is told twice alike", () => {
    const { series } = coingecko(fixture("coingecko-dirty.json"));
    expect(series.days).to.have.length(40);
    expect(series.report).to.include({ rows: 41, repeated: 1, gaps: 1 });
    expect(series.report.unsorted).to.be.above(0);
  });

  it("keeps what is small or large without its float's dust", () => {
    const day = (price: number): bigint =>
      coingecko(chart([[MIDNIGHT, price]])).series.days[0]!.price;
    expect(day(0.1)).to.equal(10n ** 17n);
    expect(day(1.2e-7)).to.equal(12n * 10n ** 10n);
    expect(day(1e21)).to.equal(10n ** 39n);
  });

  it("refuses what is no chart", () => {
    for (const body of [
      null,
      1,
      "null",
      [],
      {},
      chart(null),
      chart({}),
      chart([1]),
      chart([[MIDNIGHT]]),
      chart([[MIDNIGHT, 1, 2]]),
      chart([]),
      chart(Array.from({ length: 1_001 }, () => [MIDNIGHT, 1])),
    ])
      expect(codeOf(body), JSON.stringify(body)?.slice(0, 40)).to.equal(
        "market/unexpected-shape",
      );
    expect(codeOf("{")).to.equal("market/not-json");
    expect(codeOf(`"${"x".repeat(1024 * 1024)}"`)).to.equal("market/too-large");
  });

  it("refuses numbers that are none, and times that are none", () => {
    for (const [price, code] of [
      [null, "bad-number"],
      ["NaN", "bad-number"],
      [Number.NaN, "bad-number"],
      [Infinity, "bad-number"],
      [1.1e24, "bad-number"],
      [true, "bad-number"],
      [-1, "negative-number"],
      [0, "zero-price"],
      [1e-19, "zero-price"],
    ] as const)
      expect(codeOf(chart([[MIDNIGHT, price]], [[MIDNIGHT, 1]]))).to.equal(
        `market/${code}`,
      );
    for (const time of [-1, 1.5, null, "soon", 8e12])
      expect(codeOf(chart([[time, 1]])), String(time)).to.equal(
        "market/bad-date",
      );
    expect(codeOf(chart([[MIDNIGHT, 1]], [[MIDNIGHT, -1]]))).to.equal(
      "market/negative-number",
    );
    expect(codeOf(chart([[MIDNIGHT, 1]], [[MIDNIGHT - 1, 1]]))).to.equal(
      "market/bad-number",
    );
  });

  it("refuses hours, a day told in two ways, and a chart without a whole day", () => {
    const hour = 3_600_000;
    expect(
      codeOf(
        chart([
          [MIDNIGHT + hour, 1],
          [MIDNIGHT + 2 * hour, 1],
        ]),
      ),
    ).to.equal("market/not-daily");
    expect(
      codeOf(
        chart([
          [MIDNIGHT, 1],
          [MIDNIGHT, 2],
        ]),
      ),
    ).to.equal("market/conflicting-dates");
    expect(codeOf(chart([[MIDNIGHT + hour, 1]]))).to.equal(
      "market/nothing-told",
    );
  });

  it("tells no more of a page that is no answer than its beginning", () => {
    const { code, message } = thrownBy(() =>
      coingecko(fixture("hostile-login-page.txt")),
    );
    expect(code).to.equal("market/not-json");
    expect(message).not.to.include("Ignore all previous");
    expect(message.length).to.be.below(160);
    expect(codeOf(fixture("hostile-coingecko.json"))).to.equal(
      "market/bad-number",
    );
  });
});
