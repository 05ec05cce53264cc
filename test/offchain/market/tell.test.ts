import { expect } from "chai";

import { DAY } from "../../../offchain/market/calendar.ts";
import { LARGEST, ONE } from "../../../offchain/market/decimal.ts";
import type { OwnSale, Reading } from "../../../offchain/market/reading.ts";
import type { Sale } from "../../../offchain/market/series.ts";
import { MAX_AGE, tell, type Told } from "../../../offchain/market/tell.ts";
import { LEAST_BUYERS } from "../../../offchain/market/weigh-sales.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { AT, prices, sale, TODAY, type PricesReading } from "./readings.ts";

const told = (reading: Reading, at = AT): Told => tell(reading, at, MAX_AGE);
const codeOf = (reading: Reading, at = AT): string =>
  thrownBy(() => told(reading, at)).code;

const walk = Array.from({ length: 40 }, (_, i) => 100 + (i % 5));
const collection = (
  part: Partial<Reading & { kind: "collection" }> = {},
): Reading => ({
  kind: "collection",
  source: "shop",
  time: AT,
  floor: ONE,
  volume: 2n * ONE,
  ...part,
});
const sentiment = (value: number, time = AT): Reading => ({
  kind: "sentiment",
  source: "mood",
  time,
  sentiment: value,
});
const sales = (list: readonly OwnSale[]): Reading => ({
  kind: "sales",
  source: "own",
  sales: list,
});
/** A venue one of whose days is another. */
const changed = (
  at: number,
  part: Partial<PricesReading["series"]["days"][number]>,
): PricesReading => {
  const reading = prices(walk);
  const days = reading.series.days.map((day, i) =>
    i === at ? { ...day, ...part } : day,
  );
  return { ...reading, series: { ...reading.series, days } };
};

/** A record of sales one of which is another. */
const sold = (part: Partial<Sale>): PricesReading => {
  const reading = prices(walk, { kind: "sales" });
  const [first, ...rest] = reading.series.sales;
  const sales = [{ ...first!, ...part }, ...rest];
  return { ...reading, series: { ...reading.series, sales } };
};

describe("market/tell", () => {
  it("tells of prices what observe tells, and volume only where it is the market's", () => {
    expect(told(prices(walk, { source: "x" }))).to.deep.equal({
      source: "x",
      kind: "prices",
      time: (TODAY - 1) * DAY,
      fields: {
        change: 97,
        volatility: 199,
        trend: 0,
        floor: 104_000_000,
        volume: 5_000,
      },
    });
    expect(
      told(prices(walk, { tellsVolume: false })).fields,
    ).not.to.have.property("volume");
    expect(told(prices([1, 1])).fields).to.have.all.keys(
      "change",
      "floor",
      "volume",
    );
    const small = changed(0, { price: ONE / 1_000_001n });
    const { days } = small.series;
    const cheap = {
      ...small.series,
      days: [{ ...days[0]!, day: TODAY - 1, time: (TODAY - 1) * DAY }],
    };
    expect(told({ ...small, series: cheap }).fields).to.deep.equal({
      volume: 5_000,
    });
  });

  it("tells of a collection what it has", () => {
    expect(told(collection()).fields).to.deep.equal({
      floor: 1_000_000,
      volume: 2_000,
    });
    expect(told(collection({ floor: undefined })).fields).to.deep.equal({
      volume: 2_000,
    });
    expect(
      codeOf(collection({ floor: undefined, volume: undefined })),
    ).to.equal("market/empty");
  });

  it("tells of sales floor and volume, from eleven buyers on", () => {
    const list = Array.from({ length: LEAST_BUYERS }, (_, i) =>
      sale(i, { price: i + 1 }),
    );
    expect(told(sales(list))).to.deep.include({
      time: TODAY * DAY - DAY / 2,
      fields: { floor: 2_000_000, volume: 66_000 },
    });
    expect(codeOf(sales(list.slice(1)))).to.equal("market/too-few-buyers");
    expect(codeOf(sales([{ ...list[0]!, buyer: "me" }]))).to.equal(
      "market/absurd",
    );
  });

  it("discards the stale, from both sides of the age", () => {
    const cases: [Reading, number][] = [
      [prices(walk), (TODAY - 1) * DAY + MAX_AGE.prices],
      [collection(), AT + MAX_AGE.collection],
      [sentiment(1), AT + MAX_AGE.sentiment],
    ];
    for (const [reading, last] of cases) {
      expect(told(reading, last).source).to.equal(reading.source);
      expect(codeOf(reading, last + 1)).to.equal("market/stale");
    }
  });

  it("discards the future beyond a day, and dates none after the moment", () => {
    const at = AT - DAY;
    for (const reading of [collection(), sentiment(1)]) {
      expect(told(reading, at).time).to.equal(at);
      expect(codeOf(reading, at - 1)).to.equal("market/future");
    }
    const begins = TODAY * DAY;
    const venue = prices(walk, { last: TODAY });
    expect(told(venue, begins - DAY).time).to.equal(begins - 2 * DAY);
    expect(codeOf(venue, begins - DAY - 1)).to.equal("market/future");
    expect(codeOf(prices([5], { last: TODAY }))).to.equal(
      "market/nothing-before",
    );
  });

  it("discards the empty", () => {
    expect(codeOf(prices([]))).to.equal("market/empty");
  });

  it("discards the absurd", () => {
    for (const reading of [
      changed(3, { price: 0n }),
      changed(3, { price: -1n }),
      changed(3, { price: LARGEST + 1n }),
      changed(3, { volume: -1n }),
      changed(3, { volume: LARGEST * ONE + 1n }),
      changed(3, { day: TODAY }),
      changed(3, { time: Number.NaN }),
      changed(3, { time: 0.5 }),
      changed(39, { price: 1_030n * ONE }),
      changed(39, { price: (103n * ONE) / 10n }),
      sold({ price: 0n }),
      sold({ price: LARGEST + 1n }),
      sold({ time: 0.5 }),
      collection({ floor: 0n }),
      collection({ floor: -ONE }),
      collection({ floor: ONE / 1_000_001n }),
      collection({ floor: ONE << 48n }),
      collection({ volume: -1n }),
      collection({ volume: ONE << 48n }),
      collection({ time: Number.NaN }),
      collection({ time: -1 }),
      sentiment(-1),
      sentiment(10_001),
      sentiment(0.5),
    ])
      expect(
        codeOf(reading),
        JSON.stringify(reading, (_, v: unknown) => String(v)).slice(0, 60),
      ).to.equal("market/absurd");
  });

  it("keeps what is only just believable", () => {
    for (const reading of [
      changed(3, { price: LARGEST }),
      sold({ price: LARGEST }),
      sold({ price: 1n }),
      changed(3, { volume: 0n }),
      changed(39, { price: 1_030n * ONE - 1n }),
      changed(39, { price: (103n * ONE) / 10n + 1n }),
      changed(2, { price: 100_000n * ONE }),
      collection({ floor: ONE / 1_000_000n }),
      collection({ floor: ((ONE / 1_000_000n) << 48n) - 1n, volume: 0n }),
      sentiment(0),
      sentiment(10_000),
    ])
      expect(told(reading).source).to.equal(reading.source);
    // Sales leap: no slip.
    expect(
      told(prices([1, 1, 50], { kind: "sales" })).fields.change,
    ).to.be.above(0);
  });

  it("discards a venue with a hole in its window", () => {
    const reading = prices(walk);
    const days = reading.series.days.filter((_, i) => i < 20 || i > 27);
    const holed = { ...reading, series: { ...reading.series, days } };
    expect(codeOf(holed)).to.equal("market/gap-too-wide");
  });
});
