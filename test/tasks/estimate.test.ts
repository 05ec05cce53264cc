import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import type { EstimateDocument } from "../../tasks/console/estimate-report.ts";
import { errorCode } from "../kit/cli.ts";
import { runTask } from "../kit/task.ts";

const RUN = { count: "2", size: "64", json: true };

describe("tasks/estimate", function () {
  this.timeout(60_000);

  async function estimate(
    more: Record<string, unknown> = {},
  ): Promise<EstimateDocument> {
    const done = await runTask("estimate", { ...RUN, ...more });
    expect(done.code, done.stderr).to.equal(0);
    return JSON.parse(done.stdout) as EstimateDocument;
  }

  it("comes within 5 % of the gas that the same run then spends", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loop-estimate-"));
    const found = await estimate({ price: "2000", currency: "eur" });
    const minted = await runTask("mint-batch", { ...RUN, out: folder });
    await rm(folder, { recursive: true });
    const { transactions } = JSON.parse(minted.stdout) as {
      transactions: { kind: string; gasUsed: number }[];
    };
    const run = found.transactions.filter(({ part }) => part !== null);
    expect(run.map(({ kind }) => kind)).to.deep.equal(["open", "seal"]);
    for (const [i, { gasUsed }] of transactions.entries())
      expect(run[i]?.gas).to.be.within(0.95 * gasUsed, 1.05 * gasUsed);

    expect(found).to.include({ count: 2, batches: 1, size: 64, coin: "ETH" });
    expect(found.storage.measuredOn).to.equal(2);
    expect(found.storage.bytes).to.equal(
      found.storage.bytesPerBatch + 2 * found.storage.bytesPerWork,
    );
    const { coin, currency } = found.cost;
    const off = Number(currency) / (2_000 * Number(coin)) - 1;
    expect(Math.abs(off) < 1e-9).to.equal(true);
    expect(Number(found.budget.coin) > Number(coin)).to.equal(true);
  });

  it("tells a person the same", async () => {
    const { code, stdout } = await runTask("estimate", { ...RUN, json: false });
    expect(code).to.equal(0);
    expect(stdout).to.match(/^open 2 /m);
    expect(stdout).to.match(/^Storage /m);
  });

  for (const [args, code] of [
    [{ count: "0" }, "options/bad-count"],
    [{ currency: "euros" }, "options/bad-currency"],
    [{ price: "0" }, "options/bad-price"],
    [{ to: "0x12" }, "options/bad-address"],
  ] as const)
    it(`refuses ${JSON.stringify(args)} before it asks a chain`, async () => {
      const failed = await runTask("estimate", { ...RUN, ...args });
      expect(failed.code).to.equal(1);
      expect(failed.stdout).to.equal("");
      expect(errorCode(failed)).to.equal(code);
    });
});
