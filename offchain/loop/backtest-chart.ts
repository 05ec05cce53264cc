import { DAY, isoDate } from "../market/calendar.ts";
import type { BacktestResult } from "../steward/backtest/run.ts";
import type { Tape } from "../steward/backtest/tape.ts";
import {
  differencePanel,
  marketPanel,
  royaltyPanel,
} from "./backtest-panels.ts";
import { rangesPanel, type Range } from "./backtest-ranges.ts";
import { IVORY, MARGIN, QUIET, WALL } from "./chart-market.ts";
import { box, line, text } from "./svg.ts";

/** What is drawn: the market, what the policy did in it, and what that was worth. */
export interface BacktestChart {
  readonly tape: Tape;
  readonly result: BacktestResult;
}

/** From time to the drawing. */
export interface TimeAxis {
  readonly left: number;
  readonly right: number;
  readonly x: (time: number) => number;
}

const WIDTH = 1600;
const HEIGHT = 1180;
const LEFT = 190;
const RIGHT = WIDTH - 250;
const MARKET = { top: 126, height: 210 };
const ROYALTY = { top: 372, height: 190 };
const DIFFERENCE = { top: 598, height: 190 };
const DATES = 816;
const RANGES = { top: 900, height: 220 };
/** From one date to the next at least, pixels. */
const DATE_WIDTH = 96;

/**
 * Draws a backtest as SVG: every sale and the floor; the royalties of the policy, of hindsight and of holding still; the running
 * difference in revenue with its interval; and the gains by strength of the answer and by fold. Pure: the same result, the same text.
 */
export function backtestChart({ tape, result }: BacktestChart): string {
  const { periods } = tape;
  const [begin, end] = [periods[0]?.from ?? 0, periods.at(-1)?.to ?? 1];
  const axis: TimeAxis = {
    left: LEFT,
    right: RIGHT,
    x: (time) => LEFT + ((RIGHT - LEFT) * (time - begin)) / (end - begin),
  };
  const parts = [
    box({ x: 0, y: 0, width: WIDTH, height: HEIGHT }, WALL),
    text(`${result.policy.name}, tried on recorded sales`, MARGIN, 62, {
      size: 30,
      weight: 600,
      fill: IVORY,
    }),
    text(toldOf(tape, result), MARGIN, 90, {
      size: 16,
      weight: 400,
      fill: QUIET,
    }),
    ...foldMarks(tape, result, axis),
    ...name("Market", MARKET, "sales and their floor"),
    ...marketPanel(tape, axis, MARKET),
    ...name("Royalty", ROYALTY),
    ...royaltyPanel(tape, result, axis, ROYALTY),
    ...name("Revenue", DIFFERENCE, "more than holding still"),
    ...differencePanel(tape, result, axis, DIFFERENCE),
    ...dates(begin, end, axis),
    ...rangesPanel(
      "Reward against holding still, if demand answers less or more",
      byStrength(result),
      { ...RANGES, left: MARGIN, right: WIDTH / 2 - 40 },
    ),
    ...rangesPanel("The same fold by fold, as fitted", byFold(tape, result), {
      ...RANGES,
      left: WIDTH / 2 + 40,
      right: WIDTH - MARGIN,
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Inter">`,
    `<defs><linearGradient id="under" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${IVORY}" stop-opacity="0.2"/><stop offset="1" stop-color="${IVORY}" stop-opacity="0"/></linearGradient></defs>`,
    ...parts.filter((part) => part !== ""),
    "</svg>",
    "",
  ].join("\n");
}

function toldOf(
  { sales, periods }: Tape,
  { folds, first }: BacktestResult,
): string {
  const slopes = folds.map(({ response }) => response.slope);
  const [least, most] = [Math.min(...slopes), Math.max(...slopes)].map(
    (slope) => slope.toFixed(1),
  );
  const cost = least === most ? least : `${least} to ${most}`;
  return `${sales.length.toLocaleString("en")} sales; judged from ${dateOf(periods[first]?.from ?? 0)} on, each fold fitted on what came before it: a point of royalty more costs ${cost} % of the sales`;
}

function byStrength({ strengths }: BacktestResult): Range[] {
  return strengths.map(({ strength, still, bestFixed, bestPath }) => ({
    name: strength === 1 ? "as fitted" : `${strength}×`,
    strong: strength === 1,
    ...still.reward,
    // What hindsight would have had over holding still.
    marks: [bestFixed, bestPath].map(
      ({ reward }) => (1 + still.reward.value) / (1 + reward.value) - 1,
    ),
  }));
}

function byFold({ periods }: Tape, { folds }: BacktestResult): Range[] {
  return folds.map(({ from, against }) => ({
    name: `from ${dateOf(periods[from]?.from ?? 0)}`,
    strong: false,
    ...against.reward,
    marks: [],
  }));
}

/** The training part a little darker, a thin line where each fold begins. */
function foldMarks(
  { periods }: Tape,
  { folds, first }: BacktestResult,
  { left, x }: TimeAxis,
): string[] {
  const top = MARKET.top - 8;
  const bottom = DIFFERENCE.top + DIFFERENCE.height + 8;
  const start = x(periods[first]?.from ?? 0);
  const training = {
    x: left,
    y: top,
    width: start - left,
    height: bottom - top,
  };
  return [
    box(training, "#000000", { opacity: 0.22 }),
    ...folds.map(({ from }) => {
      const at = x(periods[from]?.from ?? 0);
      return line({ x: at, y: top }, { x: at, y: bottom }, QUIET, 1, 0.3);
    }),
    start - left > 190
      ? text("only learned from", (left + start) / 2, ROYALTY.top + 98, {
          size: 13,
          weight: 400,
          fill: QUIET,
          middle: true,
        })
      : "",
  ];
}

function name(
  words: string,
  { top, height }: { readonly top: number; readonly height: number },
  quieter = "",
): string[] {
  const y = top + height / 2;
  const [first = "", ...rest] = quieter.split(" ");
  const lines = quieter.length > 16 ? [first, rest.join(" ")] : [quieter];
  return [
    text(words, MARGIN, y - 2, { size: 14, weight: 600, fill: IVORY }),
    ...lines.map((each, i) =>
      text(each, MARGIN, y + 15 + 14 * i, {
        size: 11,
        weight: 400,
        fill: QUIET,
      }),
    ),
  ];
}

function dates(
  begin: number,
  end: number,
  { left, right, x }: TimeAxis,
): string[] {
  const most = Math.max(2, Math.floor((right - left) / DATE_WIDTH / 1.4));
  return Array.from({ length: most }, (_, i) => {
    const time = begin + ((end - 1 - begin) * i) / (most - 1);
    return text(dateOf(time), x(time), DATES + 12, {
      size: 12,
      weight: 400,
      fill: QUIET,
      middle: true,
    });
  });
}

function dateOf(time: number): string {
  return isoDate(Math.floor(time / DAY));
}
