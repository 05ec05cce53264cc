import { expect } from "chai";

import { replay } from "../../../offchain/loop/replay.ts";
import { DAY, daysFromCivil } from "../../../offchain/market/calendar.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";

const FIRST = daysFromCivil(2024, 1, 1);

/** Candles of these days after the first of January 2024. */
function market(days: readonly number[]) {
  const rows = days.map((day) => {
    const close = 100 + (day % 7);
    return `${(FIRST + day) * DAY},${close},${close},${close},${close},1`;
  });
  return parseMarketCsv(
    ["date,open,high,low,close,volume", ...rows].join("\n"),
    { name: "m.csv" },
  );
}

const end = (day: number): number => (FIRST + day + 1) * DAY;

describe("a market seen again", () => {
  it("is observed once for each moment, and knows nothing of the days behind it", () => {
    const series = market(Array.from({ length: 40 }, (_, day) => day));
    const moments = replay(series, {
      first: end(9),
      count: 4,
      step: 10,
      after: -1,
    });
    expect(
      moments.map((each) =>
        "packed" in each ? each.observation.time : each.discarded,
      ),
    ).to.deep.equal([9, 19, 29, 39].map((day) => (FIRST + day) * DAY));
  });

  it("discards what is no newer, and says so", () => {
    const series = market([0, 1, 2, 3, 4, 5]);
    const moments = replay(series, {
      first: end(4),
      count: 4,
      step: 1,
      after: (FIRST + 4) * DAY,
    });
    expect(moments.map((each) => "packed" in each)).to.deep.equal([
      false,
      true,
      false,
      false,
    ]);
  });

  it("discards moments without an observation, with the market's code", () => {
    const series = market([0, 1, 2, 3, 30]);
    const moments = replay(series, {
      first: end(-2),
      count: 2,
      step: 32,
      after: -1,
    });
    const why = moments.map((each) =>
      "discarded" in each ? each.discarded.split(":")[0] : "observed",
    );
    expect(why).to.deep.equal(["market/nothing-before", "market/gap-too-wide"]);
  });
});
