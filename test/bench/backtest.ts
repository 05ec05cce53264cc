/**
 * Every policy on recorded sales, walk-forward: `LOOP_DATA=... node test/bench/backtest.ts [--resamples 3]`. Each file of sales under
 * LOOP_DATA/market is walked as it is, then its halves and weeks of it in another order, markets that no policy was looked at on. Prints
 * how much more reward (revenue and 1 % of volume) a policy has than the royalty held at 5 %, with 95 % intervals, by how strongly demand
 * answers against what the sales before each fold suggest. `*` marks intervals that lie on one side of zero.
 */
import { parseArgs } from "node:util";

import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { isLoopError } from "../../offchain/kernel/errors.ts";
import { tapeOf } from "../../offchain/loop/backtest.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import { daysOfSales } from "../../offchain/market/sales.ts";
import type { MarketSeries, Sale } from "../../offchain/market/series.ts";
import type { Estimate } from "../../offchain/steward/backtest/bootstrap.ts";
import {
  backtest,
  STRENGTHS,
  type BacktestResult,
} from "../../offchain/steward/backtest/run.ts";
import { POLICIES } from "../../offchain/steward/policies.ts";
import { table } from "./evolution/figures.ts";
import { marketFiles, readSeries } from "./evolution/market.ts";

const { values } = parseArgs({
  options: { resamples: { type: "string", default: "3" } },
});
const WEEK = 7 * DAY;

const gain = ({ value, low, high }: Estimate): string => {
  const text = (share: number): string =>
    `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
  const clear = low > 0 || high < 0 ? "*" : "";
  return `${text(value)} [${text(low)}, ${text(high)}]${clear}`;
};

function withSales(series: MarketSeries, name: string, sales: Sale[]) {
  return { ...series, name, sales, days: daysOfSales(sales) };
}

/** The halves of a market, and its weeks in another order, drawn with replacement. */
function others(series: MarketSeries): MarketSeries[] {
  const { name, sales } = series;
  const middle = Math.floor(sales.length / 2);
  const first = sales[0]?.time ?? 0;
  const weeks = Math.ceil(((sales.at(-1)?.time ?? 0) - first + 1) / WEEK);
  const byWeek = Array.from({ length: weeks }, (): Sale[] => []);
  for (const sale of sales)
    byWeek[Math.floor((sale.time - first) / WEEK)]?.push(sale);
  const resampled = Array.from({ length: Number(values.resamples) }, (_, r) => {
    const rng = createRng(keccak256(utf8(`${name} ${r}`)));
    const drawn = byWeek.flatMap((_week, i) => {
      const from = rng.below(weeks);
      return (byWeek[from] ?? []).map((sale) => ({
        ...sale,
        time: sale.time + (i - from) * WEEK,
        token: `${sale.token}-${i}`,
      }));
    });
    return withSales(series, `weeks drawn anew, ${r + 1}`, drawn);
  });
  return [
    withSales(series, "first half", sales.slice(0, middle)),
    withSales(series, "second half", sales.slice(middle)),
    ...resampled,
  ];
}

function rowsOf(name: string, result: BacktestResult): string[] {
  const { policy, strengths } = result;
  return [
    name,
    policy.name,
    ...strengths.map(({ still }) => gain(still.reward)),
    result.verdict.overall,
  ];
}

const compared = POLICIES.filter(({ name }) => name !== "hold");
for (const path of marketFiles()) {
  const series = readSeries(path);
  if (series.kind !== "sales") continue;
  const tape = tapeOf(series);
  const rows: string[][] = [];
  for (const policy of compared) {
    const result = backtest(tape, policy);
    rows.push(rowsOf("as recorded", result));
    const fitted = result.strengths.find(({ strength }) => strength === 1);
    if (fitted === undefined) continue;
    console.log(
      `\n${series.name}, ${policy.name}: fold by fold, as fitted, against holding 5 %\n`,
    );
    console.log(
      table(
        [
          "fold",
          "sales",
          "royalty",
          "lost",
          "churn",
          "at bounds",
          "moves",
          "revenue %",
          "reward %",
        ],
        [
          ...result.folds.map(
            ({ measures, against }, i) =>
              [`${i + 1}`, measures, against] as const,
          ),
          ["all", fitted.measures, fitted.still] as const,
        ].map(([fold, measures, against]) => [
          fold,
          measures.sales.toFixed(0),
          `${(measures.royalty / 100).toFixed(2)} %`,
          `${(100 * measures.lost).toFixed(1)} %`,
          `${(100 * measures.churn).toFixed(1)} %`,
          `${(100 * measures.atBounds).toFixed(0)} %`,
          `${measures.moves}`,
          gain(against.revenue),
          gain(against.reward),
        ]),
      ),
    );
    const { bestFixed, bestPath } = fitted;
    console.log(
      `\nagainst hindsight: ${bestFixed.name} ${gain(bestFixed.reward)}, best path in the box ${gain(bestPath.reward)}`,
    );
  }
  for (const other of others(series))
    for (const policy of compared)
      try {
        rows.push(rowsOf(other.name, backtest(tapeOf(other), policy)));
      } catch (error) {
        if (!isLoopError(error)) throw error;
        rows.push([other.name, policy.name, error.code]);
      }
  console.log(`\n${series.name}: reward above holding 5 %, percent\n`);
  console.log(
    table(
      ["market", "policy", ...STRENGTHS.map((each) => `${each}×`), "verdict"],
      rows,
    ),
  );
}
