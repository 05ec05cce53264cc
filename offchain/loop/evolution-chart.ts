import type { Observation } from "../kernel/observation.ts";
import {
  IVORY,
  LEADER,
  MARGIN,
  mark,
  market,
  MARKET_HEIGHT,
  MARKET_TOP,
  QUIET,
  scales,
  WALL,
} from "./chart-market.ts";
import { dataUri, image, text, tidy } from "./svg.ts";

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
  /** Every round, oldest first: their floors are the line, and those that struck its embers. */
  readonly rounds: readonly Observation[];
  /** Oldest first. */
  readonly epochs: readonly ChartEpoch[];
  readonly works: readonly ChartWork[];
}

const GAP = 8;
const WIDTH = 1600;
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
