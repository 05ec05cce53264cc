import { once } from "node:events";
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { errorCode, startCommand } from "../kit/cli.ts";
import { runTask } from "../kit/task.ts";
import { writeTinyDataset } from "../kit/tiny-dataset.ts";

describe("tasks/tune", function () {
  this.timeout(120_000);
  let folder: string;
  let dataset: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-tune-"));
    dataset = join(folder, "dataset");
    await writeTinyDataset(dataset, 4);
    await writeTinyDataset(join(folder, "few"), 2);
  });
  after(() => rm(folder, { recursive: true }));

  it("ends with 130 at Ctrl-C, with what the same command goes on from", async () => {
    const out = join(folder, "out");
    const child = startCommand(["tune", "--dataset", dataset, "--out", out]);
    let told = "";
    child.stderr?.on("data", (chunk: Buffer) => (told += chunk.toString()));
    const ended = once(child, "exit");
    while (
      child.exitCode === null &&
      !(await access(join(out, "tuning.json")).then(
        () => true,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill("SIGINT");
    const [code] = (await ended) as [number | null];
    expect(code, told).to.equal(130);
    expect(told).to.contain("the same command goes on from here");
    expect((await readdir(out)).sort()).to.deep.equal([
      "tuning.json",
      "tuning.partial",
    ]);
  });

  const faults: Record<string, [Record<string, string>, string]> = {
    "a rank that is none": [{ rank: "eight" }, "options/bad-rank"],
    "a rank of 65": [{ rank: "65" }, "options/bad-rank"],
    "no steps": [{ steps: "0" }, "options/bad-steps"],
    "four bits": [{ precision: "int4" }, "options/bad-precision"],
    "an empty name": [{ name: " " }, "options/bad-name"],
    "too few pictures": [{ dataset: "few" }, "tune/too-few-pictures"],
    "no dataset": [{ dataset: "nothing" }, "files/missing"],
  };
  for (const [fault, [change, code]] of Object.entries(faults)) {
    it(`refuses ${fault} with one sentence`, async () => {
      const done = await runTask("tune", {
        dataset,
        out: join(folder, "never"),
        ...change,
        ...(change["dataset"] === undefined
          ? {}
          : { dataset: join(folder, change["dataset"]) }),
        json: true,
      });
      expect(done.code).to.equal(1);
      expect(done.stdout).to.equal("");
      expect(errorCode(done)).to.equal(code);
      expect(await readdir(folder)).not.to.include("never");
    });
  }
});
