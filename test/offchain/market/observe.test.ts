import { expect } from "chai";
import fc from "fast-check";

import {
  packObservation,
  unpackObservation,
  type Observation,
} from "../../../offchain/kernel/observation.ts";
import { DAY, isoDate } from "../../../offchain/market/calendar.ts";
import { observe, WIDEST_STEP } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import type { MarketSeries } from "../../../offchain/market/series.ts";
import { thrownBy } from "../../kit/thrown.ts";

const FIRST_DAY = 18_262;

interface Row {
  readonly day: number;
  readonly price: number;
  readonly volume: number;
}

const candleFile = (rows: readonly Row[], scale = 1): string =>
  [
    "date,open,high,low,close,volume",
    ...rows.map(({ day, price, volume }) => {
      const p = String(price * scale);
      return [isoDate(FIRST_DAY + day), p, p, p, p, String(volume)].join(",");
    }),
  ].join("\n");

const saleFile = (rows: readonly Row[], scale = 1): string =>
  [
    "timestamp,token_id,price_eth",
    ...rows.map(
      ({ day, price, volume }) =>
        `${(FIRST_DAY + day) * DAY + volume},${volume},${price * scale}`,
    ),
  ].join("\n");

const market = (prices: readonly number[]): MarketSeries =>
  parseMarketCsv(
    candleFile(prices.map((price, day) => ({ day, price, volume: 3 }))),
  );

/** Rows whose days lie close enough together for an observation. */
const rowsOf = (most: number): fc.Arbitrary<Row[]> =>
  fc
    .array(
      fc.record({
        step: fc.integer({ min: 1, max: 7 }),
        price: fc.integer({ min: 1, max: 1_000_000 }),
        volume: fc.nat(80_000),
      }),
      {
        minLength: 1,
        maxLength: most,
      },
    )
    .map((rows) => {
      let day = 0;
      return rows.map(({ step, price, volume }) => ({
        day: (day += step),
        price,
        volume,
      }));
    });

/** Several sales a day. */
const salesOf = (most: number): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.record({
      day: fc.nat(40),
      price: fc.integer({ min: 1, max: 1_000_000 }),
      volume: fc.nat(80_000),
    }),
    {
      minLength: 1,
      maxLength: most,
    },
  );

const shuffled = <T>(items: readonly T[], keys: readonly number[]): T[] =>
  items
    .map((item, i) => ({ item, key: keys[i % keys.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

const ratios = ({
  change,
  volatility,
  trend,
  present,
  time,
}: Observation): object => ({ change, volatility, trend, present, time });

describe("market/observe", () => {
  it("reads a rise of one hundredth a day", () => {
    const prices = Array.from({ length: 40 }, (_, i) =>
      Math.round(1e7 * 1.01 ** i),
    );
    const observation = observe(market(prices));
    expect(observation.change).to.be.within(99, 100);
    expect(observation).to.include({
      volatility: 0,
      floor: (prices[39] ?? 0) * 1e6,
      volume: 3_000,
    });
    // The medians of the window's ends lie 26 days apart.
    expect(observation.trend).to.equal(Math.trunc((1.01 ** 26 - 1) * 10_000));
    expect(observation.time).to.equal((FIRST_DAY + 39) * DAY);
  });

  it("reads an alternation as volatility without trend", () => {
    const prices = Array.from({ length: 41 }, (_, i) =>
      i % 2 === 0 ? 1_000_000 : 1_020_000,
    );
    const observation = observe(market(prices));
    // Steps of +-198 bps, deviation with n - 1 = 29.
    expect(observation).to.include({ volatility: 201, trend: 0, change: -196 });
  });

  it("lets a bad print of a hundredfold and back leave no trace in volatility and trend", () => {
    const calm = Array.from({ length: 60 }, (_, i) => 10_000 + (i % 3) * 100);
    const printed = calm.map((price, i) => (i === 45 ? price * 100 : price));
    const [a, b] = [observe(market(calm)), observe(market(printed))];
    expect(b.trend).to.equal(a.trend);
    expect(b.volatility).to.be.within(a.volatility, a.volatility + 5);
  });

  it("marks as absent what a short series cannot tell", () => {
    const present = (length: number): object =>
      observe(market(Array.from({ length }, () => 5))).present;
    const some = {
      change: false,
      volatility: false,
      trend: false,
      sentiment: false,
      floor: true,
      volume: true,
    };
    expect(present(1)).to.deep.equal(some);
    expect(present(2)).to.deep.equal({ ...some, change: true });
    expect(present(6)).to.deep.equal({
      ...some,
      change: true,
      volatility: true,
    });
    expect(present(10)).to.deep.equal({
      ...some,
      change: true,
      volatility: true,
      trend: true,
    });
  });

  it("takes the floor of sales from the lowest tenth, so that two gifts do not move it", () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      day: 0,
      price: i < 2 ? 1 : 1_000 + i,
      volume: i,
    }));
    expect(observe(parseMarketCsv(saleFile(rows))).floor).to.equal(1_002 * 1e6);
  });

  it("counts a step over four days as one of half its size", () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({
      day: i * 4,
      price: i % 2 === 0 ? 1_000_000 : 1_020_000,
      volume: 1,
    }));
    const daily = rows.map((row, i) => ({ ...row, day: i }));
    const [gapped, dense] = [
      observe(parseMarketCsv(candleFile(rows))),
      observe(parseMarketCsv(candleFile(daily))),
    ];
    expect(gapped.volatility).to.equal(Math.floor(dense.volatility / 2));
    expect(gapped.change).to.equal(dense.change);
  });

  it("refuses a gap inside its window, and forgets one before it", () => {
    const days = (gapAfter: number, gap: number): Row[] =>
      Array.from({ length: 60 }, (_, i) => ({
        day: i < gapAfter ? i : i + gap,
        price: 7,
        volume: 1,
      }));
    const error = thrownBy(() =>
      observe(parseMarketCsv(candleFile(days(50, WIDEST_STEP.candles)))),
    );
    expect(error.code).to.equal("market/gap-too-wide");
    expect(error.message).to.include("2020-02-19").and.to.include("2020-02-27");
    expect(
      observe(parseMarketCsv(candleFile(days(50, WIDEST_STEP.candles - 1))))
        .trend,
    ).to.equal(0);
    expect(observe(parseMarketCsv(candleFile(days(20, 5_000)))).trend).to.equal(
      0,
    );
    const sold = thrownBy(() =>
      observe(parseMarketCsv(saleFile(days(50, WIDEST_STEP.sales)))),
    );
    expect(sold.code).to.equal("market/gap-too-wide");
  });

  it("looks no further than it is asked to", () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({
      day: i,
      price: 100 + ((i * 37) % 50),
      volume: i * 100,
    }));
    for (const file of [candleFile, saleFile]) {
      const whole = parseMarketCsv(file(rows));
      for (const last of [0, 1, 5, 12, 33, 49]) {
        const cut = parseMarketCsv(file(rows.slice(0, last + 1)));
        expect(
          observe(whole, { at: (FIRST_DAY + last + 1) * DAY }),
        ).to.deep.equal(observe(cut));
      }
    }
    const candles = parseMarketCsv(candleFile(rows));
    const sold = parseMarketCsv(
      "timestamp,token_id,price_eth\n1577836800,1,5\n1577836900,2,7",
    );
    expect(observe(sold, { at: 1_577_836_900 }).time).to.equal(1_577_836_900);
    expect(observe(sold, { at: 1_577_836_899 }).time).to.equal(1_577_836_800);
    const early = thrownBy(() =>
      observe(candles, { at: (FIRST_DAY + 1) * DAY - 1 }),
    );
    expect(early.code).to.equal("market/nothing-before");
  });

  it("clamps what does not fit, and packs into conditions and back, whatever the market", () => {
    fc.assert(
      fc.property(rowsOf(50), fc.constantFrom(1, 1e-9, 1e12), (rows, scale) => {
        const observation = observe(parseMarketCsv(candleFile(rows, scale)));
        expect(unpackObservation(packObservation(observation))).to.deep.equal(
          observation,
        );
      }),
    );
    const crash = observe(market([1_000_000, 1]));
    expect(crash.change).to.equal(-9_999);
    expect(observe(market([1, 1_000_000])).change).to.equal(32_767);
    expect(observe(market([1e18])).floor).to.equal(2 ** 48 - 1);
  });

  it("does not depend on the order of rows", () => {
    const keys = fc.array(fc.nat(), { minLength: 1, maxLength: 50 });
    for (const [file, arbitrary] of [
      [candleFile, rowsOf(40)],
      [saleFile, salesOf(60)],
    ] as const) {
      fc.assert(
        fc.property(arbitrary, keys, (rows, order) => {
          const mixed = parseMarketCsv(file(shuffled(rows, order)));
          const sorted = parseMarketCsv(file(rows));
          expect(mixed.days).to.deep.equal(sorted.days);
          expect(observe(mixed)).to.deep.equal(observe(sorted));
        }),
      );
    }
  });

  it("sees the same change, volatility and trend in any currency", () => {
    for (const [file, arbitrary] of [
      [candleFile, rowsOf(40)],
      [saleFile, salesOf(60)],
    ] as const) {
      fc.assert(
        fc.property(
          arbitrary,
          fc.integer({ min: 2, max: 1_000 }),
          (rows, scale) => {
            const [one, many] = [
              observe(parseMarketCsv(file(rows))),
              observe(parseMarketCsv(file(rows, scale))),
            ];
            expect(ratios(many)).to.deep.equal(ratios(one));
            expect(many.floor).to.equal(
              Math.min(one.floor * scale, 2 ** 48 - 1),
            );
          },
        ),
      );
    }
  });

  it("forgets everything before its window", () => {
    fc.assert(
      fc.property(rowsOf(60), (rows) => {
        const [whole, tail] = [
          parseMarketCsv(candleFile(rows)),
          parseMarketCsv(candleFile(rows.slice(-31))),
        ];
        expect(observe(whole)).to.deep.equal(observe(tail));
      }),
    );
  });
});
