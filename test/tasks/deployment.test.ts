import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { errorCode } from "../kit/cli.ts";
import { openSite } from "../kit/planted-site.ts";
import { runTask } from "../kit/task.ts";

describe("tasks/plan-deployment and check-deployment", function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    file = join(folder, "parameters.json5");
    const site = await openSite();
    await writeFile(file, JSON.stringify({ Loop: site.parameters }));
    await site.close();
  });
  after(() => rm(folder, { recursive: true }));

  const run = (task: string, parameters: string, json: boolean) =>
    runTask(task, { parameters, json });

  it("plans for people and for machines, and sends nothing", async () => {
    const told = await run("plan-deployment", file, true);
    expect(told.code, told.stderr).to.equal(0);
    const plan = JSON.parse(told.stdout) as {
      contracts: { deployed: boolean }[];
      jobs: { job: string; keyHere: boolean }[];
      cost: string;
      suffices: boolean;
    };
    expect(plan.contracts.map(({ deployed }) => deployed)).to.deep.equal([
      false,
      false,
      false,
    ]);
    expect(plan.jobs).to.have.length(7);
    expect(plan.jobs.every(({ keyHere }) => keyHere)).to.equal(true);
    expect(BigInt(plan.cost) > 0n && plan.suffices).to.equal(true);

    const shown = await run("plan-deployment", file, false);
    expect(shown.stdout).to.contain("LoopCollection");
  });

  it("fails with a code and one sentence", async () => {
    const none = await run("plan-deployment", join(folder, "none"), false);
    expect(none.code).to.equal(1);
    expect(errorCode(none)).to.equal("deploy/no-parameters");
    const unfilled = "ignition/parameters/sepolia.json5";
    const refused = await run("plan-deployment", unfilled, false);
    expect(errorCode(refused)).to.equal("deploy/placeholder");
    const absent = await run("check-deployment", file, true);
    expect(errorCode(absent)).to.equal("chain/not-deployed");
    expect(absent.stdout).to.equal("");
  });
});
