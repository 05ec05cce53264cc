import { MARKET_FIELDS, type MarketField } from "../market/reading.ts";
import type { AdapterView } from "./chain.ts";
import { IVORY, QUIET } from "./chart-market.ts";
import type { ChartedRound } from "./rounds-chart.ts";
import {
  EMBER,
  GOLD,
  SLATE,
  value,
  type Columns,
  type Panel,
} from "./rounds-panels.ts";
import { box, text } from "./svg.ts";

/** What each kind of adapter is painted in. */
export const ADAPTER_COLOURS: Readonly<Record<AdapterView["kind"], string>> = {
  "signed-reporters": GOLD,
  account: QUIET,
  "data-feeds": SLATE,
  cre: "#93b88a",
  functions: "#b68cc0",
  unknown: EMBER,
};

/** A row for each field, lit where it was observed; the lowest tells who brought the round. */
export function presencePanel(
  rounds: readonly ChartedRound[],
  columns: Columns,
  { top, height }: Panel,
): string[] {
  const pitch = height / (MARKET_FIELDS.length + 1);
  const gap = columns.step < 6 ? 0 : Math.min(3, columns.step * 0.2);
  const row = (
    at: number,
    paint: (round: ChartedRound) => { fill: string; opacity: number },
  ): string[] => {
    const cells: string[] = [];
    for (let i = 0, next = 0; i < rounds.length; i = next) {
      const { fill, opacity } = paint(rounds[i] as ChartedRound);
      const same = (other: ChartedRound): boolean =>
        paint(other).fill === fill && paint(other).opacity === opacity;
      next = i + 1;
      // Columns too narrow to stand alone are drawn together where they are the same.
      while (
        gap === 0 &&
        next < rounds.length &&
        same(rounds[next] as ChartedRound)
      )
        next++;
      const place = {
        x: columns.left + i * columns.step + gap / 2,
        y: top + at * pitch + 3,
        width: (next - i) * columns.step - gap,
        height: pitch - 8,
      };
      cells.push(box(place, fill, { opacity, round: gap === 0 ? 0 : 1.5 }));
    }
    return cells;
  };
  const label = (words: string, at: number): string =>
    text(words, columns.left - 14, top + (at + 0.5) * pitch + 3, {
      size: 12,
      weight: 400,
      fill: QUIET,
      end: true,
    });
  const share = (field: MarketField): string => {
    const seen = rounds.filter(({ observation }) => observation.present[field]);
    return rounds.length === 0
      ? ""
      : `${Math.round((100 * seen.length) / rounds.length)} %`;
  };
  const last = MARKET_FIELDS.length;
  return [
    ...MARKET_FIELDS.flatMap((field, at) => [
      label(field, at),
      ...row(at, ({ observation }) => ({
        fill: IVORY,
        opacity: observation.present[field] ? 0.62 : 0.07,
      })),
      value(share(field), columns, top + (at + 0.5) * pitch - 1),
    ]),
    label("brought by", last),
    ...row(last, ({ adapter }) => ({
      fill: ADAPTER_COLOURS[adapter],
      opacity: 1,
    })),
  ];
}
