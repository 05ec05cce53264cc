import type { BacktestResult } from "../steward/backtest/run.ts";
import type { Tape } from "../steward/backtest/tape.ts";
import type { TimeAxis } from "./backtest-chart.ts";
import { IVORY, QUIET, WALL } from "./chart-market.ts";
import { EMBER, GOLD, SLATE } from "./rounds-panels.ts";
import { area, curve, dot, line, text, type Point } from "./svg.ts";

interface Panel {
  readonly top: number;
  readonly height: number;
}

const MILLION = 1_000_000;
/** Most sales that are drawn as dots: more are a cloud anyway. */
const MOST_DOTS = 3_500;
/** Labels at the right stay so far apart, pixels. */
const LABEL_HEIGHT = 17;

/** Every sale as a dot, the floor as a line, in equal ratios; the dearest and cheapest half percent lie on the edge. */
export function marketPanel(
  { sales, rounds }: Tape,
  axis: TimeAxis,
  { top, height }: Panel,
): string[] {
  const prices = sales.map(({ price }) => price).sort((a, b) => a - b);
  const rank = (part: number): number =>
    prices[Math.floor((prices.length - 1) * part)] ?? 1;
  const [low, high] = [rank(0.005), Math.max(rank(0.995), rank(0.005) * 1.2)];
  const y = (price: number): number => {
    const inside = Math.min(high, Math.max(low, price));
    return top + (height * Math.log(high / inside)) / Math.log(high / low);
  };
  const every = Math.ceil(sales.length / MOST_DOTS);
  const dots = sales
    .filter((_, i) => i % every === 0)
    .map(
      ({ time, price }) =>
        `M${axis.x(time).toFixed(1)} ${y(price).toFixed(1)}h0`,
    )
    .join("");
  const floors = rounds.flatMap(({ time, floor }) =>
    floor === undefined || floor === 0
      ? []
      : [{ x: axis.x(time), y: y(floor) }],
  );
  return [
    ...[low, ...tens(low, high), high].flatMap((price) => [
      rule(axis, y(price)),
      value(amount(price / MILLION), axis, y(price)),
    ]),
    `<path d="${dots}" stroke="${IVORY}" stroke-opacity="0.34" stroke-width="2.4" stroke-linecap="round" fill="none"/>`,
    curve(floors, EMBER, 1.8),
  ];
}

/** Royalties over time: the policy's, the best path that the box had room for, and holding still. */
export function royaltyPanel(
  tape: Tape,
  { first, limits, base, policy, strengths }: BacktestResult,
  axis: TimeAxis,
  { top, height }: Panel,
): string[] {
  const fitted = strengths.find(({ strength }) => strength === 1);
  if (fitted === undefined) return [];
  const { low, high } = limits;
  const y = (bps: number): number =>
    top + (height * (high - bps)) / Math.max(1, high - low);
  const stairs = (royalties: readonly number[]): Point[] =>
    royalties.flatMap((royalty, i) => {
      const { from = 0, to = 0 } = tape.periods[first + i] ?? {};
      return [from, to].map((time) => ({ x: axis.x(time), y: y(royalty) }));
    });
  const ours = stairs(fitted.walk.royalties);
  const best = stairs(fitted.bestPath.royalties);
  const still = [axis.x(tape.periods[first]?.from ?? 0), axis.right].map(
    (x) => ({ x, y: y(base) }),
  );
  const label = (words: string, at: number | undefined, fill: string) => ({
    words: `${words} ${percent(at ?? base)}`,
    y: y(at ?? base),
    fill,
  });
  return [
    ...[low, (low + high) / 2, high].flatMap((bps) => [
      rule(axis, y(bps)),
      text(percent(bps), axis.left - 12, y(bps) + 4, {
        size: 12,
        weight: 400,
        fill: QUIET,
        end: true,
      }),
    ]),
    `<g stroke-dasharray="2 6">${curve(still, IVORY, 1.6)}</g>`,
    curve(best, SLATE, 2),
    curve(ours, GOLD, 2.6),
    ...labels(
      [
        label(policy.name, fitted.walk.royalties.at(-1), GOLD),
        label("best path in the box", fitted.bestPath.royalties.at(-1), SLATE),
        label("holding still", base, IVORY),
      ],
      axis,
    ),
  ];
}

/** The running difference in revenue, with the interval of its resampled months. */
export function differencePanel(
  tape: Tape,
  { first, running, band }: BacktestResult,
  axis: TimeAxis,
  { top, height }: Panel,
): string[] {
  const at = (count: number): number =>
    axis.x(tape.periods[first + count - 1]?.to ?? 0);
  const begin = axis.x(tape.periods[first]?.from ?? 0);
  const all = [0, ...running, ...band.flatMap(({ low, high }) => [low, high])];
  const [least, most] = all.reduce(
    ([a, b], each) => [Math.min(a, each), Math.max(b, each)],
    [0, 0],
  );
  const last = running.at(-1) ?? 0;
  const spread = most - least;
  const y = (sum: number): number =>
    spread > 0 ? top + (height * (most - sum)) / spread : top + height / 2;
  const edge = (side: "low" | "high"): Point[] => [
    { x: begin, y: y(0) },
    ...band.map((each) => ({ x: at(each.at), y: y(each[side]) })),
  ];
  const outline = [...edge("high"), ...edge("low").toReversed()];
  const path = [
    { x: begin, y: y(0) },
    ...running.map((sum, i) => ({ x: at(i + 1), y: y(sum) })),
  ];
  const end = band.at(-1);
  const place = y(last);
  return [
    `<g fill-opacity="0.16">${area(outline, outline.at(-1)?.y ?? 0, GOLD)}</g>`,
    rule(axis, y(0)),
    text("0", axis.left - 12, y(0) + 4, {
      size: 12,
      weight: 400,
      fill: QUIET,
      end: true,
    }),
    curve(path, GOLD, 2.2),
    dot({ x: axis.right, y: place }, 3.5, WALL, GOLD),
    text(signed(last / MILLION), axis.right + 14, place + 4, {
      size: 13,
      weight: 600,
      fill: GOLD,
    }),
    text(
      end === undefined
        ? ""
        : `95 %: ${signed(end.low / MILLION)} to ${signed(end.high / MILLION)}`,
      axis.right + 14,
      place + 21,
      { size: 11, weight: 400, fill: QUIET },
    ),
  ];
}

/** Words at the right end, moved apart where they would lie on each other. */
function labels(
  wanted: readonly { words: string; y: number; fill: string }[],
  { right }: TimeAxis,
): string[] {
  let lowest = -Infinity;
  return [...wanted]
    .sort((a, b) => a.y - b.y)
    .map(({ words, y, fill }) => {
      lowest = Math.max(y, lowest + LABEL_HEIGHT);
      return text(words, right + 14, lowest + 4, {
        size: 13,
        weight: 600,
        fill,
      });
    });
}

/** Powers of ten between two prices that are not near either. */
function tens(low: number, high: number): number[] {
  const found: number[] = [];
  for (let power = 1; power < high / 1.5; power *= 10)
    if (power > low * 1.5) found.push(power);
  return found;
}

function rule({ left, right }: TimeAxis, y: number): string {
  return line({ x: left, y }, { x: right, y }, QUIET, 1, 0.2);
}

function value(words: string, { left }: TimeAxis, y: number): string {
  return text(words, left - 12, y + 4, {
    size: 12,
    weight: 400,
    fill: QUIET,
    end: true,
  });
}

function amount(number: number): string {
  return number.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function signed(number: number): string {
  const shown = amount(Math.abs(number));
  return shown === "0" ? "0" : `${number < 0 ? "−" : "+"}${shown}`;
}

function percent(bps: number): string {
  return `${Number((bps / 100).toFixed(2))} %`;
}
