import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { observe } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import {
  SAMPLE_PATH,
  syntheticDaily,
} from "../../../offchain/market/sample.ts";

describe("market/sample", () => {
  it("is the committed file, byte for byte", async () => {
    expect(await readFile(SAMPLE_PATH, "utf8")).to.equal(syntheticDaily());
  });

  it("says in its first line that it is synthetic", () => {
    expect(syntheticDaily()).to.match(
      /^# SYNTHETIC: no market ever had these prices\./,
    );
  });

  it("is clean, and tells everything that prices can tell", () => {
    const series = parseMarketCsv(syntheticDaily());
    expect(series.report).to.deep.equal({
      rows: 400,
      used: 400,
      blank: 0,
      unsorted: 0,
      repeated: 0,
      zeroPrice: 0,
      zeroVolume: 0,
      inconsistent: 0,
      jumps: 0,
      gaps: 0,
      widestStep: 1,
    });
    expect(observe(series)).to.deep.include({
      present: {
        change: true,
        volatility: true,
        trend: true,
        sentiment: false,
        floor: true,
        volume: true,
      },
      change: 111,
      volatility: 501,
      trend: 640,
    });
  });
});
