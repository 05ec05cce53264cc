import { FatalError } from "../../kernel/errors.ts";
import { createNeighbourhood, distanceOf } from "../margin.ts";
import type { MarketPoint } from "../policy.ts";

/** One sale above zero, as it was recorded. */
export interface RecordedSale {
  /** Unix seconds. */
  readonly time: number;
  /** Millionths of the quote unit, above zero; fractions are kept. */
  readonly price: number;
  readonly token: string;
}

/** A sale with what only its past says about it. */
export interface TapeSale extends RecordedSale {
  /** Distance from the median of the sales before it, as a share of that median; undefined while there are too few. */
  readonly distance: number | undefined;
  /** Whether it resells a work within {@link QUICK} of its last sale. */
  readonly quick: boolean;
}

/** From one round to the next. */
export interface Period {
  /** Unix seconds; `from` is included, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** Its sales: from this index on, up to but without that one. */
  readonly first: number;
  readonly end: number;
}

/** The recorded past, cut into periods; nothing in it rests on what came later. */
export interface Tape {
  readonly sales: readonly TapeSale[];
  /** `rounds[k]` closes `periods[k]`, and is all that is known then. */
  readonly rounds: readonly MarketPoint[];
  readonly periods: readonly Period[];
  /** Sales whose price was drawn in to {@link DEAREST} times the median before them. */
  readonly drawnIn: number;
}

/** A resale within so many seconds counts as quick: 30 days. */
export const QUICK = 30 * 86_400;
/** A sale counts at most so many times the median before it: one joke or one loan to oneself must not decide a backtest. */
export const DEAREST = 100;
/** Fewest sales and rounds that a backtest can say anything about. */
export const LEAST_SALES = 100;
export const LEAST_ROUNDS = 40;

/**
 * Puts recorded sales and the rounds that an oracle made of them side by side.
 * @param sales ascending by time.
 * @param rounds ascending by time; each knows only sales before its time.
 * @throws FatalError `backtest/too-few-sales`, `backtest/too-few-rounds`.
 */
export function createTape(
  name: string,
  sales: readonly RecordedSale[],
  rounds: readonly MarketPoint[],
): Tape {
  if (sales.length < LEAST_SALES)
    throw new FatalError(
      "backtest/too-few-sales",
      `\`${name}\` holds ${sales.length} sales above zero; give at least ${LEAST_SALES}.`,
    );
  if (rounds.length < LEAST_ROUNDS)
    throw new FatalError(
      "backtest/too-few-rounds",
      `\`${name}\` gives ${rounds.length} days that an oracle could tell; give sales of at least ${LEAST_ROUNDS} days, without gaps of more than 60.`,
    );
  const lastSold = new Map<string, number>();
  const before = createNeighbourhood();
  let drawnIn = 0;
  const known = sales.map((sale): TapeSale => {
    const median = before.median();
    const dearest = median === undefined ? sale.price : median * DEAREST;
    if (sale.price > dearest) drawnIn++;
    const price = Math.min(sale.price, dearest);
    const sold = lastSold.get(sale.token);
    lastSold.set(sale.token, sale.time);
    before.add(price);
    return {
      ...sale,
      price,
      distance: median === undefined ? undefined : distanceOf(price, median),
      quick: sold !== undefined && sale.time - sold <= QUICK,
    };
  });
  return { sales: known, rounds, periods: cut(known, rounds), drawnIn };
}

function cut(
  sales: readonly TapeSale[],
  rounds: readonly MarketPoint[],
): Period[] {
  let from = sales[0]?.time ?? 0;
  let first = 0;
  return rounds.map(({ time }) => {
    let end = first;
    while (end < sales.length && (sales[end]?.time ?? time) < time) end++;
    const period = { from, to: time, first, end };
    [from, first] = [time, end];
    return period;
  });
}
