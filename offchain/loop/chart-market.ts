import { shockOf } from "../generator/evolution/weather.ts";
import type { Observation } from "../kernel/observation.ts";
import { DAY, isoDate } from "../market/calendar.ts";
import { area, curve, line, text, tidy, type Point } from "./svg.ts";

/** Colours of the chart; the wall is the contact sheet's. */
export const WALL = "#18181a";
export const IVORY = "#f3ecdf";
export const QUIET = "#8d8a86";
const EMBER = "#e4724e";

/** Where the market lies, and how long the threads from it to the pictures are, pixels. */
export const MARGIN = 56;
export const MARKET_TOP = 118;
export const MARKET_HEIGHT = 210;
export const LEADER = 54;

/** A moment that a column of pictures shows. */
type Moment = Readonly<{ number: number; time: number }>;

/** From times and floors to places on the chart. */
export type Scale = {
  readonly x: (time: number) => number;
  readonly y: (floor: number) => number;
  readonly at: (time: number) => Point;
};

/** Time runs evenly; the floor is told in equal ratios, so that halving looks the same wherever it begins. */
export function scales(
  {
    rounds,
    epochs,
  }: {
    readonly rounds: readonly Observation[];
    readonly epochs: readonly Moment[];
  },
  inner: number,
): Scale {
  const times = [...rounds, ...epochs].map(({ time }) => time);
  const [first, last] = ends(times, 0);
  const priced = rounds.filter(({ floor }) => floor > 0);
  const [low, high] = ends(
    priced.map(({ floor }) => Math.log(floor)),
    0,
  );
  const x = (time: number): number =>
    MARGIN + (inner * (time - first)) / Math.max(1, last - first);
  const y = (floor: number): number =>
    MARKET_TOP +
    (high > low ? (high - Math.log(floor)) / (high - low) : 0.5) *
      (MARKET_HEIGHT * 0.82);
  return {
    x,
    y,
    at(time) {
      const known = priced.findLast((round) => round.time <= time) ?? priced[0];
      return {
        x: x(time),
        y: known === undefined ? MARKET_TOP + MARKET_HEIGHT : y(known.floor),
      };
    },
  };
}

function ends(values: readonly number[], none: number): [number, number] {
  let [low, high] = [values[0] ?? none, values[0] ?? none];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** The floors as a line, its ground, the shocks as embers below. */
export function market(rounds: readonly Observation[], scale: Scale): string[] {
  const base = MARKET_TOP + MARKET_HEIGHT;
  const points = rounds
    .filter(({ floor }) => floor > 0)
    .map(({ time, floor }) => ({ x: scale.x(time), y: scale.y(floor) }));
  const shocks = rounds.flatMap((round, i) => {
    const shock = shockOf(rounds[i - 1] ?? round, round);
    if (shock === 0) return [];
    const length = (64 * shock) / (shock + 900);
    const at = scale.x(round.time);
    return [
      line({ x: at, y: base }, { x: at, y: base - length }, EMBER, 1.6, 0.75),
    ];
  });
  return [
    ...shocks,
    ...(points.length > 1
      ? [area(points, base, "url(#under)"), curve(points, IVORY, 2)]
      : []),
  ];
}

/** An epoch's dot on the line, the thread down to its column, and what the column is called. */
export function mark(
  { number, time }: Moment,
  scale: Scale,
  x: number,
  dense: boolean,
): string[] {
  const base = MARKET_TOP + MARKET_HEIGHT;
  const at = scale.at(time);
  const foot = base + LEADER;
  const thread = `M${tidy(at.x)} ${tidy(at.y)}V${tidy(base)}C${tidy(at.x)} ${tidy(base + LEADER * 0.6)} ${tidy(x)} ${tidy(base + LEADER * 0.4)} ${tidy(x)} ${tidy(foot)}`;
  const date = isoDate(Math.floor(time / DAY));
  return [
    `<path d="${thread}" fill="none" stroke="${IVORY}" stroke-opacity="0.28"/>`,
    `<circle cx="${tidy(at.x)}" cy="${tidy(at.y)}" r="4" fill="${WALL}" stroke="${IVORY}" stroke-width="2"/>`,
    text(number === 0 ? "genesis" : String(number), x, foot + 17, {
      size: dense ? 11 : 14,
      weight: 600,
      fill: IVORY,
      middle: true,
    }),
    ...(dense
      ? []
      : [
          text(date, x, foot + 33, {
            size: 11,
            weight: 400,
            fill: QUIET,
            middle: true,
          }),
        ]),
  ];
}
