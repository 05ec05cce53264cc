import { ONE } from "../decimal.ts";
import type { Reading } from "../reading.ts";
import { readAnswer } from "./answer.ts";

const SOURCE = "fear-and-greed";

/**
 * An answer of `GET https://api.alternative.me/fng/?limit=2` (no key needed): `data` is a list of `{ value: "0".."100", timestamp }`,
 * one a day, as texts. The latest counts; its words (`value_classification`) are not read.
 * @param body the answer's text, or its JSON parsed.
 * @throws FatalError `market/not-json`, `market/unexpected-shape`, `market/out-of-range`, `market/bad-date`, ...
 */
export function fearAndGreed(body: unknown): Reading & { kind: "sentiment" } {
  const answer = readAnswer(SOURCE, body);
  const days = answer
    .list(answer.record(answer.body, "its answer").get("data"), "`data`", {
      least: 1,
      most: 100,
    })
    .map((entry) => {
      const day = answer.record(entry, "a day");
      const value = answer.amount(day.get("value"), "a value");
      if (value % ONE !== 0n || value > 100n * ONE)
        throw answer.refuse(
          "market/out-of-range",
          "tells a value that is none of 0 to 100",
        );
      return {
        time: answer.time(day.get("timestamp"), "a day's time"),
        sentiment: Number(value / ONE) * 100,
      };
    });
  const latest = days.reduce((a, b) => (b.time > a.time ? b : a));
  if (
    days.some((a) => a.time === latest.time && a.sentiment !== latest.sentiment)
  )
    throw answer.refuse(
      "market/conflicting-dates",
      `tells two values of \`${latest.time}\``,
    );
  return { kind: "sentiment", source: SOURCE, ...latest };
}
