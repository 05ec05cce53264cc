import { relative } from "node:path";

import { DAY, isoDate } from "../../offchain/market/calendar.ts";
import type {
  CleaningReport,
  MarketSeries,
} from "../../offchain/market/series.ts";
import type { Estimate } from "../../offchain/steward/backtest/bootstrap.ts";
import type { Comparison } from "../../offchain/steward/backtest/compare.ts";
import type { Measures } from "../../offchain/steward/backtest/measure.ts";
import type { BacktestResult } from "../../offchain/steward/backtest/run.ts";
import type { Tape } from "../../offchain/steward/backtest/tape.ts";
import { REWARD } from "../../offchain/steward/reward.ts";
import { table } from "./table.ts";

/** Measures with amounts in whole units, shares from 0 to 1, royalties in bps. */
type MeasuresJson = Measures;
/** `revenue` is null against a royalty that earned nothing. */
type ComparisonJson = Omit<Comparison, "royalties" | "revenue"> & {
  readonly revenue: Estimate | null;
};

/** The one JSON document of `backtest --json`. Gains are shares: 0.1 is a tenth more; amounts in the file's unit. */
export interface BacktestDocument {
  readonly market: {
    readonly name: string;
    readonly sales: number;
    readonly rounds: number;
    readonly from: string;
    readonly to: string;
    /** Prices drawn in to a hundred times the median before them. */
    readonly drawnIn: number;
    readonly cleaned: CleaningReport;
  };
  readonly policy: BacktestResult["policy"];
  readonly reward: string;
  readonly base: number;
  readonly limits: BacktestResult["limits"];
  readonly breaker: BacktestResult["breaker"];
  readonly folds: readonly {
    readonly from: string;
    readonly to: string;
    readonly trainedOn: number;
    readonly response: BacktestResult["folds"][number]["response"];
    readonly measures: MeasuresJson;
    readonly against: ComparisonJson;
  }[];
  readonly strengths: readonly {
    readonly strength: number;
    readonly measures: MeasuresJson;
    readonly still: ComparisonJson;
    readonly fixed: readonly ComparisonJson[];
    readonly bestFixed: ComparisonJson;
    readonly bestPath: ComparisonJson;
    /** How often it was decided so, by kind and reason. */
    readonly decisions: Readonly<Record<string, number>>;
    /** Moves that the controller would have refused. */
    readonly refused: number;
  }[];
  readonly verdict: BacktestResult["verdict"] & { readonly says: string };
  readonly chart: { readonly svg: string; readonly png: string };
}

const MILLION = 1_000_000;

/** Everything about a backtest, the paths aside, which the chart shows. */
export function backtestDocument({
  series,
  tape,
  result,
  chart,
}: {
  readonly series: MarketSeries;
  readonly tape: Tape;
  readonly result: BacktestResult;
  readonly chart: BacktestDocument["chart"];
}): BacktestDocument {
  const date = (time: number): string => isoDate(Math.floor(time / DAY));
  const { periods, sales } = tape;
  return {
    market: {
      name: series.name,
      sales: sales.length,
      rounds: tape.rounds.length,
      from: date(sales[0]?.time ?? 0),
      to: date(sales.at(-1)?.time ?? 0),
      drawnIn: tape.drawnIn,
      cleaned: series.report,
    },
    policy: result.policy,
    reward: REWARD,
    base: result.base,
    limits: result.limits,
    breaker: result.breaker,
    folds: result.folds.map(({ from, to, response, measures, against }) => ({
      from: date(periods[from]?.from ?? 0),
      to: date((periods[to - 1]?.to ?? 1) - 1),
      trainedOn: response.sales,
      response,
      measures: inUnits(measures),
      against: withoutPath(against),
    })),
    strengths: result.strengths.map(({ walk, ...one }) => ({
      strength: one.strength,
      measures: inUnits(one.measures),
      still: withoutPath(one.still),
      fixed: one.fixed.map(withoutPath),
      bestFixed: withoutPath(one.bestFixed),
      bestPath: withoutPath(one.bestPath),
      decisions: countsOf(
        walk.steps.map(({ decision: { kind, why } }) => `${kind}: ${why}`),
      ),
      refused: walk.steps.filter(({ refusal }) => refusal !== undefined).length,
    })),
    verdict: { ...result.verdict, says: saysOf(result) },
    chart,
  };
}

function inUnits(measures: Measures): MeasuresJson {
  return {
    ...measures,
    revenue: measures.revenue / MILLION,
    volume: measures.volume / MILLION,
  };
}

function withoutPath({
  royalties: _royalties,
  measures,
  ...rest
}: Comparison): ComparisonJson {
  const revenue = measures.revenue > 0 ? rest.revenue : null;
  return { ...rest, revenue, measures: inUnits(measures) };
}

function countsOf(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)),
  );
}

/** The verdict in words, as plain where it loses as where it wins. */
function saysOf({ policy, base, strengths, verdict }: BacktestResult): string {
  const fitted = strengths.find(({ strength }) => strength === 1);
  if (fitted === undefined) return "Nothing was tried at the fitted response.";
  const behind = strengths.filter((_, i) => verdict.still[i] === "behind");
  const ahead = strengths.filter((_, i) => verdict.still[i] === "ahead");
  const times = (found: typeof strengths): string =>
    found.map(({ strength }) => `${strength}×`).join(", ");
  const { reward, volume } = fitted.still;
  const held = `holding ${bps(base)}`;
  const main =
    verdict.overall === "behind"
      ? `\`${policy.name}\` does worse than ${held}: ${gain(reward)} reward.`
      : reward.low > 0
        ? `\`${policy.name}\` does better than ${held}: ${gain(reward)} reward, ${gain(volume)} volume.`
        : `\`${policy.name}\` cannot be told from ${held}: ${gain(reward)} reward.`;
  return [
    main,
    `It is ahead where demand answers ${ahead.length > 0 ? times(ahead) : "at no strength"}${behind.length > 0 ? `, and behind at ${times(behind)}` : ", and nowhere behind"}.`,
    `Hindsight's best standing royalty, ${bps(royaltyOf(fitted.bestFixed))}, leaves it ${gain(fitted.bestFixed.reward)}.`,
  ].join(" ");
}

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

function royaltyOf({ measures }: { readonly measures: Measures }): number {
  return measures.royalty;
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

function gain(estimate: Estimate | null): string {
  if (estimate === null) return "—";
  const { value, low, high } = estimate;
  return `${signed(value)} % [${signed(low)}, ${signed(high)}]`;
}

function signed(share: number): string {
  const text = Math.abs(100 * share).toFixed(1);
  return Number(text) === 0 ? "0.0" : `${share < 0 ? "−" : "+"}${text}`;
}

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${Number(text) === 0 ? "0.0" : text} %`;
}

function bps(value: number): string {
  return `${Number((value / 100).toFixed(2))} %`;
}

function amount(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 4 });
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
