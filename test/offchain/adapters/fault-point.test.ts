import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { pointFromEnvironment } from "../../../offchain/adapters/fault-point.ts";
import { noPoint } from "../../../offchain/loop/journal.ts";

const MODULE = new URL(
  "../../../offchain/adapters/fault-point.ts",
  import.meta.url,
).href;

/** Passes the labels in a process of its own; returns how it ended and how far it came. */
function pass(killAt: string, ...labels: string[]) {
  const program = `
    import { pointFromEnvironment } from ${JSON.stringify(MODULE)};
    const point = pointFromEnvironment(process.env);
    for (const label of ${JSON.stringify(labels)}) {
      point(label);
      console.log(label);
    }`;
  const { signal, stdout } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { env: { ...process.env, LOOP_KILL_AT: killAt }, encoding: "utf8" },
  );
  return { signal, passed: stdout.split("\n").filter(Boolean) };
}

describe("the point that the environment asks for", () => {
  it("is the one that does nothing unless one is asked for", () => {
    expect(pointFromEnvironment({})).to.equal(noPoint);
  });

  it("kills at the label and nowhere else", () => {
    expect(pass("b", "a", "bb", "b", "c")).to.deep.equal({
      signal: "SIGKILL",
      passed: ["a", "bb"],
    });
  });

  it("takes * for anything and everything else literally", () => {
    expect(
      pass("run-*/open.sent", "run-1/open/sent", "run-7/open.sent"),
    ).to.deep.equal({
      signal: "SIGKILL",
      passed: ["run-1/open/sent"],
    });
    expect(pass("none", "a", "b")).to.deep.equal({
      signal: null,
      passed: ["a", "b"],
    });
  });

  it("lists every label that is passed", () => {
    const folder = mkdtempSync(join(tmpdir(), "loop-points-"));
    try {
      const list = join(folder, "points");
      const point = pointFromEnvironment({ LOOP_POINTS: list });
      for (const label of ["a", "b", "a"]) point(label);
      expect(readFileSync(list, "utf8")).to.equal("a\nb\na\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
