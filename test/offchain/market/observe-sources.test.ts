import { expect } from "chai";
import fc from "fast-check";

import {
  packObservation,
  unpackObservation,
} from "../../../offchain/kernel/observation.ts";
import { DAY } from "../../../offchain/market/calendar.ts";
import { ONE } from "../../../offchain/market/decimal.ts";
import { observeSources } from "../../../offchain/market/observe-sources.ts";
import { observe } from "../../../offchain/market/observe.ts";
import {
  MARKET_FIELDS,
  type DeadSource,
  type Observed,
  type Reading,
} from "../../../offchain/market/reading.ts";
import { coinbase } from "../../../offchain/market/sources/coinbase.ts";
import { coingecko } from "../../../offchain/market/sources/coingecko.ts";
import { fearAndGreed } from "../../../offchain/market/sources/fear-and-greed.ts";
import { opensea } from "../../../offchain/market/sources/opensea.ts";
import { MAX_AGE, tell } from "../../../offchain/market/tell.ts";
import { isLoopError } from "../../../offchain/kernel/errors.ts";
import { thrownBy } from "../../kit/thrown.ts";
import { AT, fixture, prices, sale, TODAY } from "./readings.ts";

type Sources = readonly (Reading | DeadSource)[];
const seen = (sources: Sources, at = AT): Observed =>
  observeSources(sources, { at });
const dead = (source: string, kind: Reading["kind"]): DeadSource => ({
  source,
  kind,
  code: "market/too-slow",
  why: "It did not answer.",
});
const defaults = [
  coingecko(fixture("coingecko.json")),
  coinbase(fixture("coinbase.json")),
  fearAndGreed(fixture("fear-and-greed.json")),
];
const codes = ({ discarded }: Observed): string[][] =>
  discarded.map(({ source, field, code }) => [source, field ?? "all", code]);

const walk = fc
  .array(fc.integer({ min: -300, max: 300 }), { minLength: 10, maxLength: 34 })
  .map((steps) => {
    let price = 2_000;
    return steps.map((bps) => (price *= 1 + bps / 10_000));
  });
/** The walk as another venue sees it. */
const venue = (
  list: readonly number[],
  noise: readonly number[],
  source: string,
): Reading =>
  prices(
    list.map((price, i) => price * (1 + noise[i % noise.length]! / 100_000)),
    { source, volume: BigInt(5_000 + noise[0]!) * ONE },
  );
const noise = fc.array(fc.integer({ min: -100, max: 100 }), {
  minLength: 34,
  maxLength: 34,
});
/** Anything that a source of prices can become. */
const liar = fc.oneof(
  fc.constant(dead("liar", "prices")),
  fc
    .record({
      list: fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), {
        maxLength: 40,
      }),
      source: fc.constantFrom("liar", "a", "b"),
      last: fc.integer({ min: TODAY - 5, max: TODAY + 3 }),
      volume: fc.bigInt(-5n, ONE * ONE),
      tellsVolume: fc.boolean(),
    })
    .map(({ list, ...rest }) => prices(list, rest)),
);
const honestOrScaled = fc.record({
  walk,
  a: noise,
  b: noise,
  liar,
  scaled: fc.option(fc.constantFrom(0.01, 100, 1, 1.1)),
});

describe("market/observe-sources", () => {
  it("observes the default set", () => {
    const { observation, used, discarded } = seen(defaults);
    expect(discarded).to.deep.equal([]);
    expect(observation.present).to.deep.equal({
      change: true,
      volatility: true,
      trend: true,
      sentiment: true,
      floor: true,
      volume: true,
    });
    expect(used).to.deep.equal({
      change: ["coinbase", "coingecko"],
      volatility: ["coinbase", "coingecko"],
      trend: ["coinbase", "coingecko"],
      sentiment: ["fear-and-greed"],
      floor: ["coinbase", "coingecko"],
      volume: ["coingecko"],
    });
    expect(observation.sentiment).to.equal(3_800);
    expect(observation.time).to.equal((TODAY - 1) * DAY);
  });

  it("is observe for one source of prices", () => {
    fc.assert(
      fc.property(walk, (list) => {
        const one = prices(list);
        expect(seen([one]).observation).to.deep.equal(
          observe(one.series, { at: AT }),
        );
      }),
    );
  });

  it("says the same at every moment until there is a new day", () => {
    const at = (time: number): unknown =>
      observeSources(defaults, { at: time }).observation;
    expect(at(AT + 3_600)).to.deep.equal(at(AT));
    expect(at((TODAY + 1) * DAY - 1)).to.deep.equal(at(AT));
  });

  it("takes floor and volume from the collection if one was asked, and never from prices then", () => {
    const shop = opensea(fixture("opensea.json"), { at: AT });
    const { observation, used } = seen([...defaults, shop]);
    expect(observation).to.include({ floor: 215_900, volume: 3_750 });
    expect(used.floor).to.deep.equal(["opensea"]);
    for (const kind of ["collection", "sales"] as const) {
      const without = seen([...defaults, dead("opensea", kind)]);
      expect(without.observation.present).to.include({
        change: true,
        floor: false,
        volume: false,
      });
      expect(codes(without)).to.deep.equal([["opensea", "all", "market/dead"]]);
    }
    const stale = { ...shop, time: 0 };
    expect(seen([...defaults, stale]).observation.present.floor).to.equal(
      false,
    );
    const few: Reading = { kind: "sales", source: "own", sales: [sale(1, {})] };
    expect(seen([...defaults, few]).observation.present.floor).to.equal(false);
    expect(
      seen([...defaults, dead("other", "prices")]).observation.present.floor,
    ).to.equal(true);
  });

  it("goes on with those that are left, and says whom it did not use", () => {
    const gone = prices([1, 2, 3], { source: "old", last: TODAY - 9 });
    const observed = seen([
      ...defaults.slice(1),
      dead("coingecko", "prices"),
      gone,
    ]);
    expect(observed.observation.present).to.include({
      change: true,
      volume: false,
    });
    expect(codes(observed)).to.deep.equal([
      ["coingecko", "all", "market/dead"],
      ["old", "all", "market/stale"],
    ]);
    expect(observed.discarded[0]?.why).to.equal(
      "market/too-slow: It did not answer.",
    );
  });

  it("knows no field of which two tell different things", () => {
    const list = Array.from({ length: 20 }, (_, i) => 100 + (i % 3));
    const [a, b] = [1, 100].map((scale) =>
      prices(
        list.map((price) => price * scale),
        { source: `x${scale}` },
      ),
    ) as [Reading, Reading];
    const { observation, used, discarded } = seen([a, b]);
    expect(observation).to.deep.include({ floor: 0 });
    expect(observation.present).to.include({ floor: false, change: true });
    expect(used.floor).to.deep.equal([]);
    expect(discarded.map(({ field, code }) => [field, code])).to.deep.equal([
      ["floor", "market/disagree"],
      ["floor", "market/disagree"],
    ]);
  });

  it("knows none of two whose prices are twofold apart or more, whatever they are", () => {
    const factor = fc.double({ min: 2, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(walk, noise, factor, (list, a, times) => {
        const [one, other] = [
          venue(list, a, "a"),
          prices(
            list.map((price) => price * times),
            { source: "b" },
          ),
        ];
        const { observation, used } = seen([one, other]);
        expect(observation.present.floor).to.equal(false);
        expect(observation.floor).to.equal(0);
        expect(used.floor).to.deep.equal([]);
        expect(observation.present.change).to.equal(true);
      }),
    );
  });

  it("names the one of three that is far off", () => {
    const list = Array.from({ length: 20 }, (_, i) => 100 + (i % 3));
    const [a, b, c] = [1, 1.001, 100].map((scale) =>
      prices(
        list.map((price) => price * scale),
        { source: `x${scale}` },
      ),
    ) as [Reading, Reading, Reading];
    const observed = seen([c, a, b]);
    expect(observed.used.floor).to.deep.equal(["x1", "x1.001"]);
    expect(codes(observed)).to.deep.equal([
      ["x100", "floor", "market/outlier"],
    ]);
  });

  it("says that nothing is left, and why", () => {
    const error = thrownBy(() =>
      seen([
        dead("a", "prices"),
        prices([], { source: "b" }),
        prices([1], { source: "\u001b[2J<b>c</b>", last: 9 }),
      ]),
    );
    expect(error.code).to.equal("market/nothing-left");
    expect(error.message)
      .to.include("a market/dead; b market/empty")
      .and.to.include("market/stale")
      .and.not.to.match(/\p{C}/u);
    expect(thrownBy(() => seen([])).code).to.equal("market/nothing-left");
    for (const at of [-1, 0.5, Number.NaN, 2 ** 40])
      expect(thrownBy(() => seen(defaults, at)).code).to.equal(
        "market/bad-time",
      );
  });

  it("takes another age for the oldest where one is named", () => {
    const old = prices([1, 2], { last: TODAY - 9 });
    expect(
      observeSources([old], { at: AT, maxAge: { prices: 10 * DAY } }).used
        .floor,
    ).to.deep.equal(["venue"]);
  });

  it("does not depend on the order of its sources", () => {
    fc.assert(
      fc.property(honestOrScaled, fc.array(fc.nat()), (all, keys) => {
        const list: Sources = [
          venue(all.walk, all.a, "a"),
          venue(all.walk, all.b, "b"),
          all.liar,
          ...defaults,
        ];
        const mixed = list
          .map((one, i) => ({ one, key: keys[i] ?? 0 }))
          .sort((x, y) => x.key - y.key)
          .map(({ one }) => one)
          .toReversed();
        expect(seen(mixed)).to.deep.equal(seen(list));
      }),
    );
  });

  it("stays within the two honest ones of three, whatever becomes of the third", () => {
    fc.assert(
      fc.property(honestOrScaled, (all) => {
        const honest = [
          venue(all.walk, all.a, "a"),
          venue(all.walk, all.b, "b"),
        ];
        const third =
          all.scaled === null
            ? all.liar
            : prices(
                all.walk.map((price) => price * all.scaled!),
                { source: "liar" },
              );
        const { observation } = seen([third, ...honest]);
        const words = honest.map((one) => tell(one, AT, MAX_AGE));
        for (const field of MARKET_FIELDS) {
          if (!observation.present[field]) continue;
          const range = words.map(({ fields }) => fields[field] ?? Number.NaN);
          expect(observation[field], field)
            .to.be.at.least(Math.min(...range))
            .and.at.most(Math.max(...range));
        }
        expect(observation.time).to.equal((TODAY - 1) * DAY);
      }),
      { numRuns: 300 },
    );
  });

  it("always packs, or says why not", () => {
    const any = fc.oneof(
      liar,
      fc.record({
        kind: fc.constant("sentiment" as const),
        source: fc.string(),
        time: fc.integer(),
        sentiment: fc.double(),
      }),
      fc.record({
        kind: fc.constant("collection" as const),
        source: fc.string(),
        time: fc.constantFrom(AT, AT + 9, AT - DAY, 0),
        floor: fc.option(fc.bigInt(), { nil: undefined }),
        volume: fc.option(fc.bigInt(), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (list) => {
        try {
          const { observation } = seen(list);
          expect(unpackObservation(packObservation(observation))).to.deep.equal(
            observation,
          );
          expect(observation.time).to.be.at.most(AT);
        } catch (error) {
          if (!isLoopError(error, "market/nothing-left")) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
