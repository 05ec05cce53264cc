import { expect } from "chai";

import {
  parseAdapter,
  parseReports,
  parseSources,
  parseWatch,
} from "../../../tasks/console/market-options.ts";
import { expectCode } from "../../kit/rejection.ts";

const source = (text: string | undefined, market?: string) =>
  parseSources({ source: text, market });
const WATCH = {
  watch: true,
  every: undefined,
  replay: undefined,
  at: undefined,
  date: undefined,
  dryRun: false,
};

describe("tasks/console/market-options", () => {
  it("reads sources, in their order, and --market as one of them", () => {
    expect(source(undefined)).to.equal(undefined);
    expect(source("coingecko, fear-and-greed,own-sales")).to.deep.equal([
      { live: "coingecko" },
      { live: "fear-and-greed" },
      { live: "own-sales" },
    ]);
    expect(source("opensea:cool-cats,csv:a")).to.deep.equal([
      { live: "opensea", slug: "cool-cats" },
      { csv: "a" },
    ]);
    expect(source(undefined, "m.csv")).to.deep.equal([{ csv: "m.csv" }]);
    expect(source("coinbase", "m.csv")).to.deep.equal([
      { live: "coinbase" },
      { csv: "m.csv" },
    ]);
  });

  for (const bad of [
    "nowhere",
    "",
    "coinbase,",
    "csv:",
    "opensea",
    "opensea:",
    "opensea:../../v1",
    "opensea:a?b=c",
    "Coinbase",
    "coinbase,coinbase",
    "opensea:a,opensea:b",
    Array.from({ length: 17 }, (_, i) => `csv:${i}`).join(","),
  ])
    it(`takes \`${bad.slice(0, 20)}\` for no list of sources`, () =>
      expectCode(() => source(bad), "options/unknown-source"));

  it("takes a file twice for a mistake", () =>
    expectCode(() => source("csv:a", "a"), "options/unknown-source"));

  it("reads an adapter's kind", async () => {
    expect(parseAdapter(undefined)).to.equal(undefined);
    expect(parseAdapter("data-feeds")).to.equal("data-feeds");
    for (const bad of ["foo", "", "CRE", "unknown"])
      await expectCode(() => parseAdapter(bad), "options/unknown-adapter");
  });

  it("reads how often a market is watched", async () => {
    expect(parseWatch({ ...WATCH, watch: false, every: "5" })).to.equal(
      undefined,
    );
    expect(parseWatch(WATCH)).to.equal(3_600);
    expect(parseWatch({ ...WATCH, every: "1" })).to.equal(1);
    for (const bad of [
      { every: "0" },
      { every: "86401" },
      { every: "soon" },
      { replay: "3" },
      { at: "1" },
      { date: "2025-01-01" },
      { dryRun: true },
    ])
      await expectCode(
        () => parseWatch({ ...WATCH, ...bad }),
        "options/bad-watch",
      );
  });

  it("reads where reports of others are", () => {
    expect(parseReports(undefined)).to.deep.equal([]);
    expect(parseReports("a.json, folder,")).to.deep.equal(["a.json", "folder"]);
  });
});
