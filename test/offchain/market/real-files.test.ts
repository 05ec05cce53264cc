import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import {
  packObservation,
  unpackObservation,
} from "../../../offchain/kernel/observation.ts";
import { DAY } from "../../../offchain/market/calendar.ts";
import { observe } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";

const data = process.env["LOOP_DATA"];
const folder = data === undefined ? undefined : join(data, "market");

/** The same dirt counted the plain way, with floats and the platform's calendar: fit for a test, not for the exact path. */
function countDirt(text: string): {
  rows: number;
  repeated: number;
  zeroPrice: number;
  zeroVolume: number;
  gaps: number;
} {
  const [header = "", ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const cell = (row: string[], name: string): string =>
    row[header.indexOf(name)] ?? "";
  const candles = header.includes("close");
  const priced = candles
    ? rows
    : rows.filter((row) => Number(cell(row, "price_eth")) > 0);
  const dates = priced.map((row) =>
    cell(row, candles ? "date" : "timestamp").slice(0, 10),
  );
  const days = [...new Set(dates)]
    .map((date) => Date.parse(date) / 864e5)
    .sort((a, b) => a - b);
  return {
    rows: rows.length,
    repeated: candles
      ? rows.length - days.length
      : rows.length - new Set(rows.map(String)).size,
    zeroPrice: rows.length - priced.length,
    zeroVolume: candles
      ? rows.filter((row) => Number(cell(row, "volume")) === 0).length
      : 0,
    gaps: days.filter((day, i) => i > 0 && day - (days[i - 1] ?? 0) > 1).length,
  };
}

describe("market, on recorded files", () => {
  before(function () {
    if (folder === undefined) {
      console.log(
        "    skipped: LOOP_DATA is not set; it names a folder whose market/ holds recorded files (CSV)",
      );
      this.skip();
    }
  });

  it("reads every file, dirt and all, and observes every one of its days", async () => {
    const files = (await readdir(folder ?? "")).filter((file) =>
      file.endsWith(".csv"),
    );
    expect(files, `CSV files in ${folder}`).not.to.be.empty;
    for (const file of files) {
      const text = await readFile(join(folder ?? "", file), "utf8");
      const series = parseMarketCsv(text, { name: file });
      expect(series.report, file).to.include(countDirt(text));
      for (const { day } of series.days) {
        const observation = observe(series, { at: (day + 1) * DAY });
        if (Math.floor(observation.time / DAY) !== day)
          expect.fail(`${file}: day ${day} was not the last one seen`);
        if (unpackObservation(packObservation(observation)).floor === 0)
          expect.fail(`${file}: no floor on day ${day}`);
      }
      expect(observe(series).present, file).to.include({
        change: true,
        volatility: true,
        trend: true,
      });
    }
  });
});
