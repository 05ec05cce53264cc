import { writeFile } from "node:fs/promises";

import type { Town } from "./town.ts";

export const DAY = 86_400;

/** Days that the file has before the first that is watched: an observation looks back a month. */
const BEFORE = 40;

/**
 * An invented market of daily candles up to yesterday of the town's clock: it says so itself. A wild one moves an eighth up or down each
 * day, a lively one a twenty-fifth: wild through all that came before, and for so many of the days that are watched.
 */
export async function writeMarket(
  town: Town,
  { days, wild }: { readonly days: number; readonly wild: number },
): Promise<string> {
  const today = Math.floor((await town.now()) / DAY);
  const rows = [
    "# INVENTED for a rehearsal: no market ever had these prices.",
    "date,open,high,low,close,volume",
  ];
  let close = 200_000;
  for (let i = 0; i < BEFORE + days; i++) {
    const open = close;
    const share = i < BEFORE + wild ? 8 : 25;
    // Up and down by turns, and by pairs of turns, so that no month of it has a trend.
    const up = i % 4 === 0 || i % 4 === 3;
    close = up ? open + Math.trunc(open / share) : cut(open, share);
    const date = new Date((today - BEFORE - days + i) * DAY * 1_000);
    rows.push(
      [
        date.toISOString().slice(0, 10),
        ...[open, Math.max(open, close), Math.min(open, close), close].map(
          (cents) => (cents / 100).toFixed(2),
        ),
        1_000,
      ].join(","),
    );
  }
  const path = town.path("market.csv");
  await writeFile(path, `${rows.join("\n")}\n`);
  return path;
}

/** Down as far as it takes to be where it was before the way up. */
function cut(open: number, share: number): number {
  return Math.trunc((open * share) / (share + 1));
}
