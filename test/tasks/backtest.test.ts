import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import type { BacktestDocument } from "../../tasks/console/backtest-document.ts";
import { errorCode } from "../kit/cli.ts";
import { madeUpSales, salesCsv } from "../kit/recorded-sales.ts";
import { runTask } from "../kit/task.ts";

describe("tasks/backtest", function () {
  this.timeout(60_000);

  let folder: string;
  let market: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-backtest-"));
    market = join(folder, "sales.csv");
    await writeFile(market, salesCsv(madeUpSales({ days: 75, rate: 4 })));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("prints one document, and leaves a chart", async () => {
    const args = { market, out: join(folder, "out"), json: true };
    const done = await runTask("backtest", { ...args, policy: "bandit" });
    expect(done.code, done.stderr).to.equal(0);
    const found = JSON.parse(done.stdout) as BacktestDocument;
    expect(found.policy.name).to.equal("bandit");
    expect(found.base).to.equal(500);
    expect(found.folds.length).to.be.greaterThan(0);
    const strengths = found.strengths.map(({ strength }) => strength);
    expect(strengths).to.include.members([0.5, 1, 2]);
    for (const { still, fixed } of found.strengths) {
      expect(still.reward.low).to.be.at.most(still.reward.high);
      expect(fixed.map(({ measures }) => measures.royalty)).to.deep.equal([
        0, 250, 500, 750, 1_000,
      ]);
      // Nothing can be a multiple of a revenue of nothing.
      expect(fixed[0]?.revenue).to.equal(null);
    }
    const png = await readFile(found.chart.png);
    expect(png.subarray(1, 4).toString()).to.equal("PNG");
    expect(await readFile(found.chart.svg, "utf8")).to.match(/^<svg /);
  });

  it("tells a person the same, with the verdict", async () => {
    const out = join(folder, "told");
    const { code, stdout } = await runTask("backtest", {
      market,
      out,
      policy: "hold",
      folds: "2",
      royalty: "2.5%",
      json: false,
    });
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Policy {5}hold, version 1; begins at 2\.5 %/m);
    expect(stdout).to.match(/^Verdict {4}`hold` cannot be told from/m);
    expect(stdout).not.to.match(/NaN|undefined/);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["an empty file", "", "market/empty-file"],
    ["no header", "hello\n", "market/missing-column"],
    ["a header alone", salesCsv([]), "market/no-usable-rows"],
    ["a bad date", salesCsv(["01/02/2020,1,1"]), "market/bad-date"],
    ["a bad price", salesCsv(["2020-01-02,1,cheap"]), "market/bad-number"],
    [
      "a price below zero",
      salesCsv(["2020-01-02,1,-1"]),
      "market/negative-number",
    ],
    ["too few sales", salesCsv(["2020-01-02,1,1"]), "backtest/too-few-sales"],
    [
      "sales of one day",
      salesCsv(Array.from({ length: 200 }, (_, i) => `2020-01-02,${i},1`)),
      "backtest/too-few-rounds",
    ],
    [
      "candles",
      "date,open,high,low,close,volume\n2020-01-01,1,1,1,1,1\n",
      "backtest/not-sales",
    ],
  ];
  for (const [what, text, code] of wrong)
    it(`refuses ${what} in one sentence, and writes nothing`, async () => {
      const path = join(folder, "wrong.csv");
      const out = join(folder, "nothing");
      await writeFile(path, text);
      const done = await runTask("backtest", { market: path, out, json: true });
      expect(done.code).to.equal(1);
      expect(done.stdout).to.equal("");
      expect(errorCode(done)).to.equal(code);
      expect(
        await access(out).then(
          () => true,
          () => false,
        ),
      ).to.equal(false);
    });

  for (const [args, code] of [
    [{}, "options/missing"],
    [{ market: "/nowhere/sales.csv" }, "options/unreadable-market"],
    [{ market: "x", policy: "oracle" }, "steward/unknown-policy"],
    [{ market: "x", folds: "0" }, "options/bad-folds"],
    [{ market: "x", royalty: "50%" }, "options/bad-royalty"],
  ] as const)
    it(`refuses ${JSON.stringify(args)}`, async () => {
      const done = await runTask("backtest", { ...args, json: true });
      expect(errorCode(done)).to.equal(code);
      expect(done.code).to.equal(1);
    });
});
