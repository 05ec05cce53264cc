import { readFile } from "node:fs/promises";

import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { packObservation } from "../../offchain/kernel/observation.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import { observe, WIDEST_STEP } from "../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import type { DayPoint } from "../../offchain/market/series.ts";

const RUNS = Number(process.env["LOOP_SERIES_RUNS"] ?? 200);
const data = process.env["LOOP_DATA"];

/** In 2038: a local chain's first block is of today, and time only goes on. */
const FIRST_DAY = 25_000;
const LARGEST = (1n << 88n) - 1n;

/** One day of a feed: its price in the feed's units, and the second of its update. */
interface Sample {
  readonly price: bigint;
  readonly time: number;
}

/** Of a market that walks, stands still, jumps a hundredfold, or is nothing at all like its past. */
function next(price: bigint, { kind, draw }: Move): bigint {
  const moved = {
    walk: (price * BigInt(9_000 + (draw % 2_001))) / 10_000n,
    still: price,
    up: price * 100n,
    down: price / 100n,
    anew: BigInt(draw) ** 2n,
  }[kind];
  return moved < 1n ? 1n : moved > LARGEST ? LARGEST : moved;
}

interface Move {
  readonly kind: "walk" | "still" | "up" | "down" | "anew";
  readonly draw: number;
  readonly days: number;
  readonly second: number;
}

/** Samples, one a day, with steps of so many days at most. */
function seriesOf(widest: number, most: number): fc.Arbitrary<Sample[]> {
  const move = fc.record<Move>({
    kind: fc.oneof(
      { arbitrary: fc.constant("walk" as const), weight: 12 },
      fc.constantFrom("still" as const, "up", "down", "anew"),
    ),
    draw: fc.nat(),
    days: fc.oneof(
      { arbitrary: fc.constant(1), weight: 6 },
      fc.integer({ min: 1, max: widest }),
    ),
    second: fc.nat(DAY - 1),
  });
  const moves = (least: number): fc.Arbitrary<Move[]> =>
    fc.array(move, { minLength: least, maxLength: most, size: "max" });
  return fc
    .record({
      bits: fc.integer({ min: 1, max: 88 }),
      draw: fc.bigInt({ min: 0n, max: LARGEST }),
      // One in five is as long as may be, or chance would decide whether any is.
      moves: fc.oneof({ arbitrary: moves(1), weight: 4 }, moves(most)),
    })
    .map(({ bits, draw, moves: all }) => {
      let price = (draw >> BigInt(88 - bits)) + 1n;
      let day = FIRST_DAY;
      return all.map((each, i) => {
        if (i > 0) {
          price = next(price, each);
          day += each.days;
        } else if (price > LARGEST) price = LARGEST;
        return { price, time: day * DAY + each.second };
      });
    });
}

/** What the engine says, of the days after the last gap that it would refuse; a feed tells no volume. */
function engine(samples: readonly Sample[], scale: bigint): Hex {
  const days = samples.map(({ price, time }): DayPoint => ({
    day: Math.floor(time / DAY),
    price: price * scale,
    volume: 0n,
    time,
  }));
  const from = days.findLastIndex(
    ({ day }, i) => day - (days[i - 1] ?? { day }).day > WIDEST_STEP.candles,
  );
  const observed = observe({
    name: "feed",
    kind: "candles",
    days: days.slice(Math.max(0, from)),
    sales: [],
    report: parseMarketCsv(ONE_CANDLE).report,
  });
  return packObservation({
    ...observed,
    present: { ...observed.present, volume: false },
  });
}

const ONE_CANDLE = "date,open,high,low,close,volume\n2020-01-01,1,1,1,1,0";

describe("a feed's prices on chain and the engine", function () {
  it("say the same of any window", async function () {
    const connection = await network.create();
    const { ethers } = connection;
    const probe = await ethers.deployContract("SeriesProbe");
    let full = 0;

    await fc.assert(
      fc.asyncProperty(
        seriesOf(WIDEST_STEP.candles, 31),
        fc.nat(18),
        async (samples, decimals) => {
          const scale = 10n ** BigInt(18 - decimals);
          const said = await probe.getFunction("observe")(
            samples.map(({ price }) => price * scale),
            samples.map(({ time }) => time),
          );
          expect(said).to.equal(engine(samples, scale));
          if (samples.length === 31) full += 1;
        },
      ),
      { numRuns: RUNS },
    );
    await connection.close();

    expect(full, "whole windows among them").to.be.greaterThan(RUNS / 100);
  });

  it("say the same after every poke, over gaps and more than a window", async function () {
    for (const decimals of [0, 8, 18])
      await fc.assert(
        fc.asyncProperty(seriesOf(12, 70), async (samples) => {
          const connection = await network.create();
          const { ethers, networkHelpers } = connection;
          const oracle = await ethers.deployContract("ScriptedOracle");
          const feed = await ethers.deployContract("FeedMock", [decimals]);
          const adapter = await ethers.deployContract("DataFeedAdapter", [
            await oracle.getAddress(),
            await feed.getAddress(),
            DAY,
            ethers.ZeroAddress,
            0,
          ]);
          await oracle.getFunction("name")(
            await adapter.getAddress(),
            ethers.ZeroAddress,
            0,
          );
          const scale = 10n ** BigInt(18 - decimals);

          for (const [i, { price, time }] of samples.entries()) {
            await feed.getFunction("set")(price, time);
            await networkHelpers.time.setNextBlockTimestamp(time + i);
            await adapter.poke();
            expect(await oracle.getFunction("observation")()).to.equal(
              engine(samples.slice(0, i + 1), scale),
            );
          }
          await connection.close();
        }),
        { numRuns: 2 },
      );
  });

  it("say the same of a real market", async function () {
    if (data === undefined) {
      console.log(
        "    skipped: LOOP_DATA is not set; it names a folder whose market/ holds recorded files (CSV)",
      );
      return this.skip();
    }
    const connection = await network.create();
    const { ethers } = connection;
    const probe = await ethers.deployContract("SeriesProbe");
    const name = "eth-usd-daily.csv";
    const { days } = parseMarketCsv(
      await readFile(`${data}/market/${name}`, "utf8"),
      { name },
    );
    // As a feed of eight decimals tells it, and the last second of the day.
    const samples = days.map(({ day, price }) => ({
      price: price / 10n ** 10n,
      time: day * DAY + DAY - 1,
    }));
    let windows = 0;

    for (let end = 1; end < samples.length; end += 17) {
      const window = samples.slice(Math.max(0, end - 31), end);
      const said = await probe.getFunction("observe")(
        window.map(({ price }) => price * 10n ** 10n),
        window.map(({ time }) => time),
      );
      expect(said).to.equal(engine(window, 10n ** 10n));
      windows += 1;
    }
    await connection.close();

    expect(windows).to.be.greaterThan(20);
  });
});
