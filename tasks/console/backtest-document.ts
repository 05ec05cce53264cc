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
import { bps, gain, royaltyOf } from "./backtest-words.ts";

/** Measures with amounts in whole units, shares from 0 to 1, royalties in bps. */
export type MeasuresJson = Measures;
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
