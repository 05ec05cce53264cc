import { DAY } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { readAnswer } from "./answer.ts";

const SOURCE = "opensea";

/** Symbols of a chain's coin and of its wrapped form: of the same worth. */
const ETHER = ["ETH", "WETH"];

/** One collection's intervals: a day, a week, a month, and room. */
const MOST_INTERVALS = 20;

/**
 * An answer of `GET https://api.opensea.io/api/v2/collections/{slug}/stats` (needs a key, so it is not in the default set):
 * `total.floor_price` in `total.floor_price_symbol`, and the last day's volume from the interval `one_day`. A floor of zero means that
 * nothing is on sale. The answer names no time: it counts from the midnight before the question, so that nodes that ask at slightly
 * different moments say the same.
 * @param body the answer's text, or its JSON parsed.
 * @param options `at`: when it was asked, unix seconds; `symbols`: accepted units of the floor.
 * @throws FatalError `market/not-json`, `market/unexpected-shape`, `market/wrong-unit`, `market/nothing-told`, ...
 */
export function opensea(
  body: unknown,
  {
    at,
    symbols = ETHER,
  }: { readonly at: number; readonly symbols?: readonly string[] },
): Reading & { kind: "collection" } {
  const answer = readAnswer(SOURCE, body);
  const stats = answer.record(answer.body, "its answer");
  const total = answer.record(stats.get("total"), "`total`");
  const symbol = total.get("floor_price_symbol");
  if (typeof symbol !== "string" || !symbols.includes(symbol))
    throw answer.refuse(
      "market/wrong-unit",
      `tells its floor in another unit than ${symbols.join(", ")}`,
    );
  const floor = answer.amount(total.get("floor_price"), "a floor");
  const days = answer
    .list(stats.get("intervals"), "`intervals`", {
      least: 0,
      most: MOST_INTERVALS,
    })
    .map((interval) => answer.record(interval, "an interval"))
    .filter((interval) => interval.get("interval") === "one_day");
  if (days.length > 1)
    throw answer.refuse(
      "market/unexpected-shape",
      "tells more than one interval `one_day`",
    );
  const volume =
    days[0] && answer.amount(days[0].get("volume"), "a day's volume");
  if (floor === 0n && volume === undefined)
    throw answer.refuse(
      "market/nothing-told",
      "tells neither floor nor volume",
    );
  return {
    kind: "collection",
    source: SOURCE,
    time: Math.floor(at / DAY) * DAY,
    floor: floor === 0n ? undefined : floor,
    volume,
  };
}
