import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { tapeOf } from "../../offchain/loop/backtest.ts";
import { isoDate } from "../../offchain/market/calendar.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import type { Response } from "../../offchain/steward/backtest/response.ts";
import type { Tape } from "../../offchain/steward/backtest/tape.ts";
import type { Breaker } from "../../offchain/steward/backtest/walk.ts";
import {
  createWorld,
  type World,
} from "../../offchain/steward/backtest/world.ts";
import type { Policy } from "../../offchain/steward/policy.ts";

/** What a made-up market of sales looks like; it stands in where no recorded one may be named. */
export interface MadeUp {
  readonly days?: number;
  /** Sales a day, about. */
  readonly rate?: number;
  /** How far prices lie from the day's, as a share of it. */
  readonly spread?: number;
  readonly seed?: string;
}

/** 2021-01-01. */
const FIRST_DAY = 18_628;

/** Rows of a CSV of sales: a price that wanders, busy and quiet weeks, works that are sold again. */
export function madeUpSales({
  days = 120,
  rate = 4,
  spread = 0.3,
  seed = "sales",
}: MadeUp = {}): string[] {
  const rng = createRng(keccak256(utf8(seed)));
  const rows: string[] = [];
  let [price, busy] = [1, 1];
  for (let day = 0; day < days; day++) {
    price = Math.min(50, Math.max(0.05, price * (1 + 0.05 * rng.signed())));
    busy = Math.min(3, Math.max(0.3, busy * (1 + 0.2 * rng.signed())));
    const count = Math.round(rate * busy * 2 * rng.unit());
    for (let i = 0; i < count; i++) {
      const second = rng.below(86_400);
      const at = price * Math.max(0.05, 1 + spread * rng.gauss());
      rows.push(
        `${isoDate(FIRST_DAY + day)}T${clock(second)}Z,${rng.below(300)},${at.toFixed(4)}`,
      );
    }
  }
  return rows;
}

/** The rows with their header. */
export function salesCsv(rows: readonly string[]): string {
  return ["timestamp,token_id,price_eth", ...rows, ""].join("\n");
}

function clock(second: number): string {
  return [second / 3_600, (second / 60) % 60, second % 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
}

/** A tape of made-up sales. */
export function madeUpTape(madeUp: MadeUp = {}): Tape {
  return tapeOfRows(madeUpSales(madeUp));
}

/** A tape of rows. */
export function tapeOfRows(rows: readonly string[]): Tape {
  return tapeOf(parseMarketCsv(salesCsv(rows), { name: "sales.csv" }));
}

/** A world in which every period answers with this slope. */
export function worldOf(
  tape: Tape,
  { slope = 4, strength = 1, base = 500 } = {},
): World {
  const response: Response = {
    slope,
    interval: { low: slope, high: slope },
    share: 0.3,
    sales: tape.sales.length,
  };
  const rng = createRng(keccak256(utf8("lots")));
  const lots = tape.sales.map(() => rng.unit());
  return createWorld(tape, { base, strength, lots, response: () => response });
}

/** A breaker that nothing trips, for policies that ask for nothing but room. */
export const OPEN: Breaker = {
  staleAfter: 3 * 86_400,
  maxChange: 32_768,
  maxVolatility: 65_535,
};

/** A policy that moves the royalty by whole steps towards a bound whenever it may. */
export function pusher(way: 1 | -1): Policy {
  return {
    name: way === 1 ? "up" : "down",
    version: 1,
    decide({ slots: { royalty }, time }) {
      const to = royalty.value + way * royalty.step;
      const fits =
        time >= royalty.next &&
        royalty.budgetLeft >= royalty.step &&
        to >= royalty.low &&
        to <= royalty.high;
      return fits
        ? {
            kind: "change",
            slot: "royalty",
            from: royalty.value,
            to,
            why: "always",
            expected: { reward: "none", holding: 0, changed: 0, doubt: 0 },
          }
        : { kind: "hold", why: "cannot" };
    },
  };
}
