import { relative } from "node:path";

import { DAY } from "../../offchain/market/calendar.ts";
import type { BacktestDocument, MeasuresJson } from "./backtest-document.ts";
import { amount, bps, gain, percent, royaltyOf } from "./backtest-words.ts";
import { table } from "./table.ts";

/** The document for a person at a terminal. */
export function backtestLines(document: BacktestDocument): string[] {
  const { market, policy, limits, base, folds, strengths, chart } = document;
  const fitted = strengths.find(({ strength }) => strength === 1);
  return [
    `Market     ${market.name}: ${market.sales} sales on ${market.rounds} days that an oracle could tell, ${market.from} to ${market.to}${dirtOf(market)}`,
    `Policy     ${policy.name}, version ${policy.version}; begins at ${bps(base)}, may go from ${bps(limits.low)} to ${bps(limits.high)}, ${bps(limits.step)} a move, ${bps(limits.budget)} in ${limits.window / DAY} days`,
    `Breaker    may not act on a change above ${bps(document.breaker.maxChange)} or a volatility above ${bps(document.breaker.maxVolatility)}`,
    `Reward     ${document.reward}`,
    "",
    "Fold by fold, demand fitted on what came before, against holding still:",
    ...table(
      ["from", "to", "a point costs", ...MEASURED, "revenue", "reward"],
      folds.map(({ from, to, response, measures, against }) => [
        from,
        to,
        `${response.slope.toFixed(1)} % (${response.interval.low.toFixed(1)}..${response.interval.high.toFixed(1)})`,
        ...measured(measures),
        gain(against.revenue),
        gain(against.reward),
      ]),
    ),
    ...(fitted === undefined
      ? []
      : [
          "",
          "All folds, as fitted, and how much more the policy had than each:",
          ...table(
            ["path", ...MEASURED, "revenue", "reward"],
            [
              [policy.name, ...measured(fitted.measures), "", ""],
              ...[...fitted.fixed, fitted.bestFixed, fitted.bestPath].map(
                ({ name, measures, revenue, reward }) => [
                  pathName(name),
                  ...measured(measures),
                  gain(revenue),
                  gain(reward),
                ],
              ),
            ],
          ),
          "",
          `Decided    ${Object.entries(fitted.decisions)
            .map(([why, count]) => `${why} ${count}`)
            .join(", ")}`,
        ]),
    "",
    "If demand answers less or more than fitted (nobody can know from sales at one royalty):",
    ...table(
      [
        "strength",
        "royalty",
        "volume",
        "reward",
        "against hindsight's best fixed",
        "best path in the box",
      ],
      strengths.map(({ strength, measures, still, bestFixed, bestPath }) => [
        `${strength}×`,
        bps(measures.royalty),
        gain(still.volume),
        gain(still.reward),
        `${bps(royaltyOf(bestFixed))}: ${gain(bestFixed.reward)}`,
        gain(bestPath.reward),
      ]),
    ),
    "",
    `Verdict    ${document.verdict.says}`,
    `Chart      ${here(chart.png)} and ${here(chart.svg)}`,
  ];
}

const MEASURED = [
  "royalty",
  "earned",
  "volume",
  "lost",
  "churn",
  "drift",
  "at bounds",
  "drawdown",
  "moves",
] as const;

function measured(one: MeasuresJson): string[] {
  return [
    bps(one.royalty),
    amount(one.revenue),
    amount(one.volume),
    percent(one.lost),
    percent(one.churn),
    bps(one.drift),
    percent(one.atBounds),
    percent(one.drawdown),
    `${one.moves}`,
  ];
}

function pathName(name: string): string {
  return name.replace(/(\d+)$/, (digits) => bps(Number(digits)));
}

function dirtOf({ cleaned, drawnIn }: BacktestDocument["market"]): string {
  const parts = [
    [cleaned.zeroPrice, "at zero left out"],
    [cleaned.repeated, "repeated left out"],
    [cleaned.unsorted, "sorted in"],
    [drawnIn, "drawn in to 100 times the median before them"],
  ] as const;
  const found = parts.filter(([count]) => count > 0);
  return found.length === 0
    ? ""
    : `; ${found.map(([count, words]) => `${count} ${words}`).join(", ")}`;
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
