import type { Observation } from "../kernel/observation.ts";
import { IVORY, QUIET, WALL } from "./chart-market.ts";
import type { ChartedRound } from "./rounds-chart.ts";
import { area, box, curve, dot, line, text, type Point } from "./svg.ts";

export const EMBER = "#e4724e";
export const GOLD = "#d9b46a";
export const SLATE = "#7fa0bb";

/** Where the rounds stand: one column each. */
export interface Columns {
  readonly left: number;
  readonly right: number;
  /** Width of one column. */
  readonly step: number;
  /** Middle of the column of a round. */
  readonly centre: (i: number) => number;
}

/** Where a panel lies. */
export interface Panel {
  readonly top: number;
  readonly height: number;
}

const MILLION = 1_000_000;
/** Widest bar, pixels: a few rounds stay slender. */
const WIDEST_BAR = 22;
/** Least swing that fills a panel, bps: a quiet month is not blown up. */
const LEAST_SWING = 200;

/** The floor in equal ratios, so that halving looks the same wherever it begins; the line breaks where none was observed. */
export function floorPanel(
  rounds: readonly ChartedRound[],
  columns: Columns,
  { top, height }: Panel,
): string[] {
  const floors = rounds
    .filter(({ observation }) => observation.floor > 0)
    .map(({ observation }) => observation.floor);
  if (floors.length === 0) return nothing("never observed", columns, top);
  const [low, high] = [least(floors), most(floors)];
  const room = height * 0.9;
  const y = (floor: number): number =>
    top +
    (high > low
      ? (Math.log(high / floor) / Math.log(high / low)) * room
      : room / 2);
  const runs = runsOf(rounds, (i, { floor }) =>
    floor > 0 ? { x: columns.centre(i), y: y(floor) } : undefined,
  );
  const latest = runs.at(-1)?.at(-1);
  const marks = [...new Set([low, ...between(low, high), high])];
  return [
    ...marks.flatMap((floor) => [
      rule(columns, y(floor)),
      value(
        amount(floor / MILLION),
        columns,
        y(floor),
        floor === floors.at(-1),
      ),
    ]),
    ...bridges(runs),
    ...runs.flatMap((run) =>
      run.length === 1
        ? run.map((point) => dot(point, 1.5, IVORY))
        : [area(run, top + height, "url(#under)"), curve(run, IVORY, 2)],
    ),
    ...(latest === undefined ? [] : [dot(latest, 4, WALL, IVORY)]),
  ];
}

/**
 * The day's change as bars, up and down, on the range that the volatility calls usual. Heights grow with the square root: a crash leaves
 * the calm days visible.
 */
export function changePanel(
  rounds: readonly ChartedRound[],
  columns: Columns,
  { top, height }: Panel,
): string[] {
  const seen = rounds.filter(({ observation }) => observation.present.change);
  if (seen.length === 0)
    return nothing("never observed", columns, top + height / 2 - 6);
  const swing = most([
    LEAST_SWING,
    ...seen.map(({ observation }) => Math.abs(observation.change)),
  ]);
  const middle = top + height / 2;
  const y = (bps: number): number => {
    const part = Math.sqrt(Math.min(swing, Math.abs(bps)) / swing);
    return middle - (Math.sign(bps) * part * height) / 2;
  };
  const usual = runsOf(rounds, (i, { present, volatility }) =>
    present.volatility ? { x: columns.centre(i), y: y(volatility) } : undefined,
  ).flatMap((run) => {
    const below = run.map(({ x, y: at }) => ({ x, y: 2 * middle - at }));
    return run.length === 1
      ? []
      : [`<g fill-opacity="0.13">${band(run, below)}</g>`];
  });
  const width = Math.min(WIDEST_BAR, columns.step * 0.66);
  return [
    ...usual,
    rule(columns, middle),
    ...rounds.flatMap(({ observation }, i) => {
      if (!observation.present.change) return [];
      const at = y(observation.change);
      const bar = {
        x: columns.centre(i) - width / 2,
        y: Math.min(at, middle),
        width,
        height: Math.max(1, Math.abs(at - middle)),
      };
      const round = Math.min(2, width / 4);
      return [box(bar, observation.change < 0 ? EMBER : IVORY, { round })];
    }),
    value(`+${percent(swing)}`, columns, top + 2),
    value(`−${percent(swing)}`, columns, top + height - 2),
  ];
}

/** Fear below the middle, greed above. */
export function sentimentPanel(
  rounds: readonly ChartedRound[],
  columns: Columns,
  { top, height }: Panel,
): string[] {
  const middle = top + height / 2;
  if (!rounds.some(({ observation }) => observation.present.sentiment))
    return nothing("never observed", columns, middle - 6);
  const y = (sentiment: number): number =>
    top + height - (sentiment / 10_000) * height;
  const runs = runsOf(rounds, (i, { present, sentiment }) =>
    present.sentiment ? { x: columns.centre(i), y: y(sentiment) } : undefined,
  );
  const half = (fill: string, from: number): string[] => {
    const id = from === top ? "greed" : "fear";
    const clip = { x: 0, y: from, width: columns.right, height: height / 2 };
    return [
      `<clipPath id="${id}">${box(clip, fill)}</clipPath>`,
      `<g clip-path="url(#${id})" fill-opacity="0.5">`,
      ...runs.map((run) => area(widened(run, columns), middle, fill)),
      "</g>",
    ];
  };
  return [
    ...half(GOLD, top),
    ...half(SLATE, middle),
    rule(columns, middle),
    ...runs.map((run) => curve(widened(run, columns), IVORY, 1.4)),
    value("greed", columns, top + 4),
    value("fear", columns, top + height - 4),
  ];
}

/** A run as wide as its columns, so that one round alone is seen too. */
function widened(run: readonly Point[], { step }: Columns): Point[] {
  const half = Math.min(WIDEST_BAR, step) / 2;
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    { x: first.x - half, y: first.y },
    ...run,
    { x: last.x + half, y: last.y },
  ];
}

/** The points of neighbouring rounds that have one: where one has none, a new run begins. */
function runsOf(
  rounds: readonly ChartedRound[],
  at: (i: number, observation: Observation) => Point | undefined,
): Point[][] {
  const runs: Point[][] = [[]];
  for (const [i, { observation }] of rounds.entries()) {
    const point = at(i, observation);
    if (point === undefined) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs.filter((run) => run.length > 0);
}

/** Faint strokes over the places where nothing was observed. */
function bridges(runs: readonly (readonly Point[])[]): string[] {
  return runs.slice(1).flatMap((run, i) => {
    const [from, to] = [runs[i]?.at(-1), run[0]];
    return from === undefined || to === undefined
      ? []
      : [line(from, to, IVORY, 1, 0.22)];
  });
}

/** Round values between two, in steps of 1, 2 and 5, at most three. */
function between(low: number, high: number): number[] {
  const found: number[] = [];
  for (let power = 1; power <= high; power *= 10)
    for (const factor of [1, 2, 5]) {
      const tick = factor * power;
      if (tick > low * 1.12 && tick < high / 1.12) found.push(tick);
    }
  const every = Math.ceil(found.length / 3);
  return found.filter((_, i) => i % Math.max(1, every) === 0);
}

function band(above: readonly Point[], below: readonly Point[]): string {
  const points = [...above, ...below.toReversed()];
  const path = points
    .map(
      ({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`,
    )
    .join("");
  return `<path d="${path}Z" fill="${IVORY}"/>`;
}

function rule({ left, right }: Columns, y: number): string {
  return line({ x: left, y }, { x: right, y }, QUIET, 1, 0.22);
}

/** A word or a number to the right of the columns. */
export function value(
  words: string,
  { right }: Columns,
  y: number,
  strong = false,
): string {
  return text(words, right + 14, y + 4, {
    size: 12,
    weight: strong ? 600 : 400,
    fill: strong ? IVORY : QUIET,
  });
}

function nothing(words: string, { left, right }: Columns, y: number): string[] {
  return [
    text(words, (left + right) / 2, y + 12, {
      size: 13,
      weight: 400,
      fill: QUIET,
      middle: true,
    }),
  ];
}

function amount(number: number): string {
  const digits = number >= 1_000 ? 0 : number >= 10 ? 2 : 4;
  return number.toLocaleString("en", { maximumFractionDigits: digits });
}

function percent(bps: number): string {
  return `${(bps / 100).toLocaleString("en", { maximumFractionDigits: 1 })} %`;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
