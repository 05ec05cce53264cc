import { shockOf } from "../generator/evolution/weather.ts";
import type { Observation } from "../kernel/observation.ts";
import { DAY, isoDate } from "../market/calendar.ts";
import {
  area,
  curve,
  dataUri,
  image,
  line,
  text,
  tidy,
  type Point,
} from "./svg.ts";

/** One column of pictures, tied to its moment on the market. */
export interface ChartEpoch {
  /** 0 is genesis. */
  readonly number: number;
  /** When its round was observed (genesis: its batch's conditions), unix seconds. */
  readonly time: number;
}

/** One row of pictures. */
export interface ChartWork {
  /** Written above the row; nothing if empty. */
  readonly name: string;
  /** PNG bytes, one for each epoch of the chart in their order; undefined where there is nothing to show. */
  readonly pictures: readonly (Uint8Array | undefined)[];
}

/** What a chart shows. */
export interface EvolutionChart {
  readonly title: string;
  /** A second, quieter line; nothing if empty. */
  readonly subtitle: string;
  /** Every round, oldest first: their floors are the line, their volatilities the glow below it. */
  readonly rounds: readonly Observation[];
  /** Oldest first. */
  readonly epochs: readonly ChartEpoch[];
  readonly works: readonly ChartWork[];
}

const WALL = "#18181a";
const IVORY = "#f3ecdf";
const QUIET = "#8d8a86";
const EMBER = "#e4724e";
const MARGIN = 56;
const GAP = 8;
const WIDTH = 1600;
const MARKET_TOP = 118;
const MARKET_HEIGHT = 210;
const LEADER = 54;
const LABELS = 40;
/** Pictures are at least and at most so wide; for very many columns the chart grows instead. */
const LEAST = 64;
const MOST = 240;

/**
 * Draws a collection's evolution as SVG: the market on top, its epochs marked on the line, and under each of them what the
 * works were then. Pure: the same chart, the same text. Typeface: Inter.
 */
export function evolutionChart(chart: EvolutionChart): string {
  const columns = Math.max(1, chart.epochs.length);
  const width = Math.max(WIDTH, 2 * MARGIN + columns * (LEAST + GAP) - GAP);
  const inner = width - 2 * MARGIN;
  const side = Math.min(MOST, (inner + GAP) / columns - GAP);
  const step = columns === 1 ? 0 : (inner - side) / (columns - 1);
  const labelled = chart.works.some(({ name }) => name !== "");
  const row = side + GAP + (labelled ? 22 : 0);
  const top = MARKET_TOP + MARKET_HEIGHT + LEADER + LABELS;
  const height = top + chart.works.length * row + MARGIN - GAP;
  const scale = scales(chart, inner);
  const centre = (column: number): number => MARGIN + column * step + side / 2;

  const parts = [
    `<rect width="${tidy(width)}" height="${tidy(height)}" fill="${WALL}"/>`,
    text(chart.title, MARGIN, 62, { size: 30, weight: 600, fill: IVORY }),
    text(chart.subtitle, MARGIN, 90, { size: 16, weight: 400, fill: QUIET }),
    ...market(chart.rounds, scale),
    ...chart.epochs.flatMap((epoch, column) =>
      mark(epoch, scale, centre(column), columns > 16),
    ),
    ...chart.works.flatMap(({ name, pictures }, k) => {
      const y = top + k * row;
      return [
        ...(labelled
          ? [text(name, MARGIN, y + 13, { size: 13, weight: 400, fill: QUIET })]
          : []),
        ...pictures.flatMap((picture, column) =>
          picture === undefined
            ? []
            : [
                image(
                  dataUri(picture),
                  MARGIN + column * step,
                  y + (labelled ? 22 : 0),
                  side,
                ),
              ],
        ),
      ];
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${tidy(width)}" height="${tidy(height)}" viewBox="0 0 ${tidy(width)} ${tidy(height)}" font-family="Inter">`,
    `<defs><linearGradient id="under" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${IVORY}" stop-opacity="0.26"/><stop offset="1" stop-color="${IVORY}" stop-opacity="0"/></linearGradient></defs>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

/** From times and floors to places on the chart. */
type Scale = {
  readonly x: (time: number) => number;
  readonly y: (floor: number) => number;
  readonly at: (time: number) => Point;
};

/** Time runs evenly; the floor is told in equal ratios, so that halving looks the same wherever it begins. */
function scales({ rounds, epochs }: EvolutionChart, inner: number): Scale {
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
function market(rounds: readonly Observation[], scale: Scale): string[] {
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
function mark(
  { number, time }: ChartEpoch,
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
