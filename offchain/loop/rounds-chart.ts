import type { Observation } from "../kernel/observation.ts";
import { DAY, isoDate } from "../market/calendar.ts";
import type { AdapterView } from "./chain.ts";
import { IVORY, MARGIN, QUIET, WALL } from "./chart-market.ts";
import {
  changePanel,
  floorPanel,
  sentimentPanel,
  type Columns,
} from "./rounds-panels.ts";
import { ADAPTER_COLOURS, presencePanel } from "./rounds-presence.ts";
import { box, dot, line, text, tidy } from "./svg.ts";

/** One round as the chart shows it. */
export interface ChartedRound {
  readonly round: number;
  readonly observation: Observation;
  /** Who brought it. */
  readonly adapter: AdapterView["kind"];
}

/** What the chart shows. */
export interface RoundsChart {
  readonly title: string;
  /** Oldest first. */
  readonly rounds: readonly ChartedRound[];
}

const WIDTH = 1600;
const HEIGHT = 880;
/** Between them lie the columns: names of the panels to the left, values to the right. */
const LEFT = 172;
const RIGHT = WIDTH - 148;
/** Most rounds on one chart: two years of days, two pixels each at least. */
export const MOST_ROUNDS = 620;
/** Dates under the columns, at most. */
const DATES = 10;
/** From one of them to the next at least, pixels. */
const DATE_WIDTH = 110;

const FLOOR = { top: 132, height: 250 };
const CHANGE = { top: 420, height: 120 };
const SENTIMENT = { top: 578, height: 80 };
const PRESENCE = { top: 692, height: 126 };

/**
 * Draws the rounds of an oracle as SVG, one column each: the floor, the day's change inside its usual range, fear and greed, and which
 * fields were observed by whom. Rounds stand evenly, their dates below. Pure: the same chart, the same text. Typeface: Inter.
 */
export function roundsChart({ title, rounds }: RoundsChart): string {
  const shown = rounds.slice(-MOST_ROUNDS);
  const step = (RIGHT - LEFT) / Math.max(1, shown.length);
  const columns: Columns = {
    left: LEFT,
    right: RIGHT,
    step,
    centre: (i) => LEFT + (i + 0.5) * step,
  };
  const parts = [
    box({ x: 0, y: 0, width: WIDTH, height: HEIGHT }, WALL),
    text(title, MARGIN, 62, { size: 30, weight: 600, fill: IVORY }),
    text(told(rounds.length, shown.length), MARGIN, 90, {
      size: 16,
      weight: 400,
      fill: QUIET,
    }),
    ...legend(shown),
    ...name("Floor", FLOOR),
    ...name("Change", CHANGE, "on its volatility"),
    ...name("Sentiment", SENTIMENT),
    ...(shown.length === 0
      ? [
          text("No round yet.", (LEFT + RIGHT) / 2, 262, {
            size: 16,
            weight: 400,
            fill: QUIET,
            middle: true,
          }),
        ]
      : []),
    ...floorPanel(shown, columns, FLOOR),
    ...changePanel(shown, columns, CHANGE),
    ...sentimentPanel(shown, columns, SENTIMENT),
    ...presencePanel(shown, columns, PRESENCE),
    ...dates(shown, columns),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${tidy(WIDTH)}" height="${tidy(HEIGHT)}" viewBox="0 0 ${tidy(WIDTH)} ${tidy(HEIGHT)}" font-family="Inter">`,
    `<defs><linearGradient id="under" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${IVORY}" stop-opacity="0.26"/><stop offset="1" stop-color="${IVORY}" stop-opacity="0"/></linearGradient></defs>`,
    ...parts.filter((part) => part !== ""),
    "</svg>",
    "",
  ].join("\n");
}

function told(all: number, shown: number): string {
  const rounds = `${all} ${all === 1 ? "round" : "rounds"} of the market`;
  return shown === all ? rounds : `${rounds}, the last ${shown} of them here`;
}

function name(
  words: string,
  { top, height }: { readonly top: number; readonly height: number },
  quieter = "",
): string[] {
  const y = top + height / 2;
  return [
    text(words, MARGIN, y + (quieter === "" ? 5 : -2), {
      size: 14,
      weight: 600,
      fill: IVORY,
    }),
    text(quieter, MARGIN, y + 15, { size: 11, weight: 400, fill: QUIET }),
  ];
}

/** Who brought rounds, in the colours of the lowest row; to the right of the title. */
function legend(rounds: readonly ChartedRound[]): string[] {
  const kinds = [...new Set(rounds.map(({ adapter }) => adapter))];
  let x = WIDTH - MARGIN;
  return kinds.toReversed().flatMap((kind) => {
    const words = text(kind, x, 62, {
      size: 13,
      weight: 400,
      fill: QUIET,
      end: true,
    });
    const at = x - widthOf(kind) - 10;
    x = at - 24;
    return [words, dot({ x: at, y: 57.5 }, 3, ADAPTER_COLOURS[kind])];
  });
}

/** About how wide a word is at 13 pixels. */
function widthOf(word: string): number {
  const narrow = word.replace(/[^filrt-]/g, "").length;
  return 7.6 * word.length - 2.6 * narrow;
}

function dates(rounds: readonly ChartedRound[], { centre }: Columns): string[] {
  const last = rounds.length - 1;
  const span = centre(last) - centre(0);
  const most = Math.min(DATES, last + 1, 1 + Math.floor(span / DATE_WIDTH));
  const picked = new Set(
    Array.from({ length: Math.max(0, most) }, (_, i) =>
      most === 1 ? last : Math.round((i * last) / (most - 1)),
    ),
  );
  return [...picked].flatMap((i) => {
    const { round, observation } = rounds[i] as ChartedRound;
    const x = centre(i);
    const base = PRESENCE.top + PRESENCE.height;
    const date = isoDate(Math.floor(observation.time / DAY));
    return [
      line({ x, y: base + 2 }, { x, y: base + 8 }, QUIET, 1, 0.7),
      text(date, x, base + 26, {
        size: 13,
        weight: 400,
        fill: IVORY,
        middle: true,
      }),
      text(`round ${round}`, x, base + 43, {
        size: 11,
        weight: 400,
        fill: QUIET,
        middle: true,
      }),
    ];
  });
}
