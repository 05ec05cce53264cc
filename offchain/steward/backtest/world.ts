import type { OwnPeriod } from "../policy.ts";
import { MARGIN, slopeOf } from "../margin.ts";
import { keep, nearShare, type Response } from "./response.ts";
import type { Tape, TapeSale } from "./tape.ts";

/** What a period brings at a royalty, in expectation. */
export interface Outcome {
  readonly sales: number;
  /** Resales within 30 days. */
  readonly quick: number;
  /** Millionths. */
  readonly volume: number;
  /** Millionths. */
  readonly revenue: number;
}

/** The recorded sales as demand that answers a royalty. */
export interface World {
  readonly periods: number;
  /** At which the sales are taken to have been made, bps. */
  readonly base: number;
  /** In expectation: what is measured, so that luck does not decide. */
  outcome(period: number, royalty: number): Outcome;
  /** As one draw of it: what a policy sees. Each sale has one lot, whatever the royalty and the policy. */
  seen(period: number, royalty: number): OwnPeriod;
}

/** Sales whose nearness to the median tells how much the day's demand answers. */
const LATELY = 100;
/** The day's answer is at least half and at most twice that of the fit. */
const SWING = 2;
/** Whoever buys and sells within a month meets the royalty on both sales. */
const QUICK_FACTOR = 2;

/**
 * The sales of a tape under other royalties.
 * @param response that of the fit in force in a period: fitted on sales before its fold.
 * @param strength 1 as fitted; 2 for demand that answers twice as much.
 * @param lots one for each sale, in [0, 1).
 */
export function createWorld(
  tape: Tape,
  {
    base,
    response,
    strength,
    lots,
  }: {
    readonly base: number;
    readonly response: (period: number) => Response;
    readonly strength: number;
    readonly lots: readonly number[];
  },
): World {
  const { sales, periods } = tape;
  const days = periods.map(({ first, end }, k) => {
    const { slope, share } = response(k);
    const lately = slopeOf(nearShare(sales, end, LATELY, share));
    const swing = Math.min(SWING, Math.max(1 / SWING, lately / slope));
    return { ...sumsOf(sales, first, end), slope: slope * swing * strength };
  });
  const kept = (period: number, royalty: number): [number, number] => {
    const more = (royalty - base) / 10_000;
    const slope = days[period]?.slope ?? 0;
    return [keep(more, slope), keep(more, slope * QUICK_FACTOR)];
  };
  return {
    periods: periods.length,
    base,
    outcome(period, royalty) {
      const day = days[period];
      if (day === undefined)
        return { sales: 0, quick: 0, volume: 0, revenue: 0 };
      const [slow, quick] = kept(period, royalty);
      const volume = day.slowVolume * slow + day.quickVolume * quick;
      return {
        sales: day.slow * slow + day.quick * quick,
        quick: day.quick * quick,
        volume,
        revenue: (volume * royalty) / 10_000,
      };
    },
    seen(period, royalty) {
      const { from = 0, to = 0, first = 0, end = 0 } = periods[period] ?? {};
      const [slow, quick] = kept(period, royalty);
      let [count, near, volume] = [0, 0, 0];
      for (let i = first; i < end; i++) {
        const sale = sales[i];
        if (sale === undefined) continue;
        const part = sale.quick ? quick : slow;
        const whole = Math.floor(part);
        const times = whole + ((lots[i] ?? 0) < part - whole ? 1 : 0);
        count += times;
        if ((sale.distance ?? 1) < MARGIN) near += times;
        volume += times * sale.price;
      }
      return {
        from,
        to,
        royalty,
        sales: count,
        near,
        volume: Math.floor(volume),
        burns: 0,
        acts: 0,
      };
    },
  };
}

function sumsOf(sales: readonly TapeSale[], first: number, end: number) {
  const sums = { slow: 0, slowVolume: 0, quick: 0, quickVolume: 0 };
  for (let i = first; i < end; i++) {
    const sale = sales[i];
    if (sale === undefined) continue;
    if (sale.quick) {
      sums.quick++;
      sums.quickVolume += sale.price;
    } else {
      sums.slow++;
      sums.slowVolume += sale.price;
    }
  }
  return sums;
}
