import {
  DIAL_END,
  DIALS,
  type Dial,
} from "../../offchain/generator/evolution/attunement.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { DAY, parseTime } from "../../offchain/market/calendar.ts";
import { parseWhole } from "./options.ts";

/** Most moments that one command replays: every day of any market so far. */
const MAX_REPLAY = 10_000;
const MAX_STEP = 366;
/** Epochs have 16 bits, of which the highest value stands for genesis in a pin. */
const MAX_EPOCH = 65_534;

/** `--at` or `--date`: the moment up to which a market is looked at, unix seconds; a date is over when it is looked at. */
export function parseMoment({
  at,
  date,
}: {
  readonly at: string | undefined;
  readonly date: string | undefined;
}): number | undefined {
  if (at !== undefined && date !== undefined)
    throw badTime(`${at}\` and \`${date}`);
  if (at !== undefined) {
    if (/^\d{1,10}$/.test(at)) return Number(at);
    throw badTime(at);
  }
  if (date === undefined) return undefined;
  const start = /^\d{4}-\d{2}-\d{2}$/.test(date) ? parseTime(date) : undefined;
  if (start === undefined) throw badTime(date);
  return start + DAY;
}

function badTime(text: string): FatalError {
  return new FatalError(
    "options/bad-time",
    `\`${text}\` is no moment; give --at in unix seconds or --date as YYYY-MM-DD, not both.`,
  );
}

/** A replay: how many moments, days from one to the next, and seconds between two rounds. */
export interface Replay {
  readonly count: number;
  readonly step: number;
  readonly every: number;
}

/** `--replay`, with `--step` (1 when left out) and `--every` (0), which also goes with `--watch`. */
export function parseReplay({
  replay,
  step,
  every,
  watch = false,
}: {
  readonly replay: string | undefined;
  readonly step: string | undefined;
  readonly every: string | undefined;
  readonly watch?: boolean;
}): Replay | undefined {
  const code = "options/bad-replay" as const;
  if (replay === undefined) {
    if (step === undefined && (watch || every === undefined)) return undefined;
    throw new FatalError(
      code,
      `\`--${step === undefined ? "every" : "step"}\` goes with --replay${step === undefined ? " or --watch" : ""}; give both.`,
    );
  }
  const count = { what: "number of moments", low: 1, high: MAX_REPLAY, code };
  const days = { what: "number of days", low: 1, high: MAX_STEP, code };
  const seconds = {
    what: "number of seconds",
    low: 0,
    high: 86_400,
    code,
  } as const;
  return {
    count: parseWhole(replay, count),
    step: parseWhole(step ?? "1", days),
    every: parseWhole(every ?? "0", seconds),
  };
}

/** `--epoch`: a number, or `genesis`, which is 0. */
export function parseEpoch(
  text: string | undefined,
  { genesis }: { readonly genesis: boolean },
): number {
  if (genesis && text === "genesis") return 0;
  if (text === undefined) {
    throw new FatalError(
      "options/bad-epoch",
      `No epoch is named; give --epoch with its number${genesis ? ", or genesis" : ""}.`,
    );
  }
  return parseWhole(text, {
    what: "epoch",
    low: genesis ? 0 : 1,
    high: MAX_EPOCH,
    code: "options/bad-epoch",
  });
}

/** `--round`: its number. */
export function parseRound(text: string): number {
  return parseWhole(text, {
    what: "round",
    low: 1,
    high: 999_999_999,
    code: "options/bad-round",
  });
}

/** A dial, which way it is turned, and how often. */
export interface Turning {
  readonly dial: Dial;
  readonly up: boolean;
  readonly times: number;
}

/** `--dial` with `--up` or `--down`, and `--times` (1 when left out). */
export function parseTurning({
  dial,
  up,
  down,
  times,
}: {
  readonly dial: string | undefined;
  readonly up: boolean;
  readonly down: boolean;
  readonly times: string | undefined;
}): Turning {
  const known = DIALS.find((name) => name === dial);
  if (known === undefined || up === down) {
    throw new FatalError(
      "options/bad-dial",
      `\`${dial ?? "nothing"}\`${up === down ? " without a direction" : ""} is no turn of a dial; give --dial with one of ${DIALS.join(", ")}, and --up or --down.`,
    );
  }
  return {
    dial: known,
    up,
    times: parseWhole(times ?? "1", {
      what: "number of turns",
      low: 1,
      high: 2 * DIAL_END,
      code: "options/bad-dial",
    }),
  };
}
