import { IVORY, QUIET, WALL } from "./chart-market.ts";
import { EMBER, GOLD, SLATE } from "./rounds-panels.ts";
import { dot, line, text } from "./svg.ts";

/** A share with its interval, on a row of its own. */
export interface Range {
  readonly name: string;
  readonly strong: boolean;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Other shares on the same row, as rings. */
  readonly marks: readonly number[];
}

interface Place {
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
}

/** Names to the left of the rows, values to the right. */
const NAMES = 134;
const VALUES = 168;

/** Rows of intervals around zero; shares beyond the scale lie on its edge. */
export function rangesPanel(
  title: string,
  ranges: readonly Range[],
  { top, height, left, right }: Place,
): string[] {
  const [from, to] = [left + NAMES, right - VALUES];
  const all = ranges.flatMap(({ low, high, value, marks }) => [
    low,
    high,
    value,
    ...marks,
  ]);
  const least = Math.min(-0.02, ...all);
  const most = Math.max(0.02, ...all);
  const x = (share: number): number =>
    from + ((to - from) * (share - least)) / (most - least);
  const pitch = Math.min(30, (height - 40) / Math.max(1, ranges.length));
  const base = top + 40;
  const marked = ranges.some(({ marks }) => marks.length > 0);
  return [
    text(title, left, top, { size: 14, weight: 600, fill: IVORY }),
    marked
      ? text(
          "○ hindsight: best fixed royalty, best path in the box",
          left,
          top + 18,
          {
            size: 11,
            weight: 400,
            fill: SLATE,
          },
        )
      : "",
    line(
      { x: x(0), y: base - 10 },
      { x: x(0), y: base + pitch * ranges.length - 8 },
      QUIET,
      1,
      0.5,
    ),
    ...ranges.flatMap((range, i) => {
      const y = base + pitch * (i + 0.5) - 6;
      const { value, low, high, strong, marks } = range;
      const fill = high < 0 ? EMBER : low > 0 ? GOLD : IVORY;
      const weight = strong ? 600 : 400;
      return [
        text(range.name, left, y + 4, {
          size: 13,
          weight,
          fill: strong ? IVORY : QUIET,
        }),
        ...marks.map((mark) => dot({ x: x(mark), y }, 4, WALL, SLATE)),
        line({ x: x(low), y }, { x: x(high), y }, fill, 4, 0.45),
        dot({ x: x(value), y }, 3.5, fill),
        text(
          `${signed(value)} % [${signed(low)}, ${signed(high)}]`,
          right,
          y + 4,
          { size: 12, weight, fill: strong ? IVORY : QUIET, end: true },
        ),
      ];
    }),
  ];
}

function signed(share: number): string {
  const shown = Math.abs(100 * share).toFixed(1);
  return shown === "0.0" ? "0.0" : `${share < 0 ? "−" : "+"}${shown}`;
}
