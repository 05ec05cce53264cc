import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { errorCode, runCommand, startNode } from "../kit/cli.ts";
import { hardhatAt, runTask } from "../kit/task.ts";
import { wildMarket } from "../kit/wild-market.ts";

interface Looked {
  readonly round: number;
  readonly resumed: boolean;
  readonly decision: {
    readonly kind: string;
    readonly slot?: string;
    readonly to?: number;
    readonly why: string;
  };
  readonly outcome: { readonly kind: string; readonly reasons?: string } | null;
}

describe("tasks/steward", function () {
  // A node of its own, and tasks inside this process, but for what dies. They build on each other.
  this.timeout(240_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let hardhat: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    await writeFile(join(folder, "wild.csv"), wildMarket(80));
    node = await startNode();
    hardhat = await hardhatAt(node.url);
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  const command = (name: string, args: Record<string, unknown> = {}) =>
    runTask(name, { json: true, ...args }, hardhat);
  async function run<T>(
    name: string,
    args: Record<string, unknown> = {},
  ): Promise<T> {
    const { code, stdout, stderr } = await command(name, args);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as T;
  }
  /** What is in force, as the controller tells. */
  async function inForce(slot: string): Promise<string | undefined> {
    const { stdout } = await command("parameters");
    return new RegExp(`"slot":"${slot}","value":(\\d+)`).exec(stdout)?.[1];
  }

  it("refuses what makes no sense before it asks a chain", async () => {
    for (const [code, args] of [
      ["options/unknown-policy", { policy: "oracle" }],
      ["options/bad-watch", { replay: true, watch: true }],
      ["options/bad-watch", { every: "5" }],
      ["options/bad-watch", { watch: true, dryRun: true }],
      ["options/bad-explainer", { explainWith: "https://model.example/v1" }],
      ["explainer/bad-url", { explainWith: "http://model.example/v1#m" }],
    ] as const)
      expect(errorCode(await command("steward", args)), code).to.equal(code);
  });

  it("takes the job that the DAO offered, and waits while there is no market", async () => {
    const { decision } = await run<Looked>("steward", { out: folder });
    expect(decision).to.deep.equal({ kind: "hold", why: "no-round" });
  });

  it("follows the market with one bounded change, though it was killed as it sent it", async () => {
    const market = join(folder, "wild.csv");
    await run("observe-market", { market, replay: "6" });
    const planned = await run<Looked>("steward", { dryRun: true });
    expect(planned).to.deep.include({ round: 6, outcome: null });
    const guard = { kind: "change", slot: "guard-threshold", to: 5_250 };
    expect(planned.decision).to.include(guard);
    expect(await inForce("guard-threshold")).to.equal("5000");

    const typed = ["steward", "--out", folder, "--network", "localhost"];
    const env = { LOOP_LOCALHOST: node.url, LOOP_KILL_AT: "send/worked" };
    expect((await runCommand(typed, env)).code).to.equal(null);
    const { resumed, decision, outcome } = await run<Looked>("steward", {
      out: folder,
    });
    expect(resumed).to.equal(true);
    expect(decision).to.include({ ...guard, why: "market-wild" });
    expect(outcome).to.include({ kind: "changed" });
    expect(await inForce("guard-threshold")).to.equal("5250");

    // The same market wants the next slot moved; this one only after its delay.
    const next = await run<Looked>("steward", { out: folder });
    expect(next.decision).to.include({ slot: "odds-sensitivity", to: 9_000 });
    expect(await inForce("guard-threshold")).to.equal("5250");
  });

  it("decides every view of its journal again, to the same", async () => {
    const { decisions, differing } = await run<{
      decisions: { same: boolean }[];
      differing: number;
    }>("steward", { replay: true });
    expect(decisions.map(({ same }) => same)).to.deep.equal([true, true, true]);
    expect(differing).to.equal(0);
  });
});
