import { IVORY, QUIET, WALL } from "./chart-market.ts";
import { area, curve, dot, line, text, tidy, type Point } from "./svg.ts";
import type { LossPoint } from "./tune-state.ts";

/** The drawing, and where the curves lie on it, pixels. */
const WIDTH = 960;
const HEIGHT = 540;
const LEFT = 72;
const RIGHT = 112;
const TOP = 128;
const BOTTOM = 64;
const EMBER = "#e4724e";

/** What a curve is drawn of. */
export interface LossChart {
  readonly title: string;
  readonly history: readonly LossPoint[];
  /** Steps of the whole schedule. */
  readonly steps: number;
  /** Whether the run stopped before them. */
  readonly early: boolean;
}

/**
 * The loss curve of a tuning as SVG: signal to noise in decibels, -10 log10 of the mean squared error, so equal ratios of error are
 * equal heights. Training has noise on its codes; validation has not. Pure: the same history, the same text.
 */
export function lossChart({ title, history, steps, early }: LossChart): string {
  const training = history.map(({ step, loss }) => ({
    step,
    value: -10 * Math.log10(Math.max(1, loss) / 1e6),
  }));
  const validation = history.flatMap(({ step, validation: found }, i) =>
    found === null || found === history[i - 1]?.validation
      ? []
      : [{ step, value: found / 1_000 }],
  );
  const all = [...training, ...validation].map(({ value }) => value);
  const [low, high] =
    all.length === 0
      ? [0, 10]
      : [Math.floor(Math.min(...all) - 0.5), Math.ceil(Math.max(...all) + 0.5)];
  const inner = { width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - BOTTOM };
  const at = (step: number, value: number): Point => ({
    x: LEFT + (inner.width * step) / Math.max(1, steps),
    y: TOP + (inner.height * (high - value)) / (high - low),
  });
  const points = (values: typeof training): Point[] =>
    values.map(({ step, value }) => at(step, value));
  const last = history.at(-1);
  const ends = [training.at(-1)?.value ?? 0, validation.at(-1)?.value ?? 0];
  // Two labels at one place cannot be read: the lower curve's goes below.
  const crowded =
    Math.abs((ends[0] ?? 0) - (ends[1] ?? 0)) * inner.height <
    36 * (high - low);
  const label = (words: string, values: typeof training, fill: string) => {
    const end = values.at(-1);
    if (end === undefined) return [];
    const { x, y } = at(end.step, end.value);
    const lower = crowded && end.value <= Math.min(...ends) ? 32 : 0;
    const place = { size: 13, weight: 600, fill } as const;
    return [
      dot({ x, y }, 3.5, WALL, fill),
      text(`${end.value.toFixed(1)} dB`, x + 10, y - 2 + lower, place),
      text(words, x + 10, y + 13 + lower, { ...place, weight: 400 }),
    ];
  };
  const stopped =
    last === undefined
      ? "nothing learned yet"
      : `${last.step} of ${steps} steps${early ? ", then nothing more was gained" : ""}`;
  const trained = points(training);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Inter, sans-serif">`,
    `<defs><linearGradient id="under" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${IVORY}" stop-opacity="0.16"/><stop offset="1" stop-color="${IVORY}" stop-opacity="0"/></linearGradient></defs>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${WALL}"/>`,
    text(title, LEFT, 56, { size: 24, weight: 600, fill: IVORY }),
    text(
      `${stopped}; signal to noise in decibels, higher is nearer`,
      LEFT,
      82,
      {
        size: 14,
        weight: 400,
        fill: QUIET,
      },
    ),
    ...ticks(low, high, 5).flatMap((value) => {
      const { y } = at(0, value);
      return [
        line({ x: LEFT, y }, { x: WIDTH - RIGHT, y }, IVORY, 1, 0.1),
        text(tidy(value), LEFT - 12, y + 4, axis(true)),
      ];
    }),
    ...ticks(0, steps, 5).map((step) =>
      text(tidy(step), at(step, low).x, HEIGHT - BOTTOM + 24, {
        ...axis(false),
        middle: true,
      }),
    ),
    ...(trained.length > 1
      ? [
          area(trained, HEIGHT - BOTTOM, "url(#under)"),
          curve(trained, IVORY, 2),
        ]
      : []),
    ...(validation.length > 1 ? [curve(points(validation), EMBER, 2)] : []),
    ...label("training", training, IVORY),
    ...label("validation", validation, EMBER),
    "</svg>",
    "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function axis(end: boolean) {
  return { size: 12, weight: 400, fill: QUIET, end } as const;
}

/** Round numbers from low to high, about so many of them. */
function ticks(low: number, high: number, about: number): number[] {
  const rough = (high - low) / about;
  const ten = 10 ** Math.floor(Math.log10(Math.max(rough, 1e-6)));
  const step = [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= rough) ?? ten;
  const found: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++)
    found.push(n * step);
  return found;
}
