import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { errorCode, startNode } from "../kit/cli.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

interface Proposed {
  readonly id: string;
  readonly reasonsHash: string;
  readonly decoded: readonly { readonly sentence: string }[];
}

interface Listed {
  readonly proposals: readonly {
    readonly id: string;
    readonly title: string;
    readonly state: string;
    readonly calls: readonly {
      readonly sentence: string;
      readonly reasons: string | null;
      readonly suspicions: readonly { readonly code: string }[];
    }[];
    readonly next: { readonly action: string };
  }[];
}

describe("tasks of the DAO", function () {
  // A node of its own, and tasks inside this process. They build on each other, as a proposal's life does.
  this.timeout(240_000);
  let folder: string;
  let because: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let hardhat: HardhatRuntimeEnvironment;
  let id: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    because = join(folder, "because.md");
    await writeFile(because, "# Raise the royalty\n\nSales are steady.\n");
    node = await startNode();
    hardhat = await hardhatAt(node.url);
    await run("mint-batch", { count: "4", size: "64", out: folder });
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
  const refused = async (
    name: string,
    args: Record<string, unknown>,
  ): Promise<unknown> => errorCode(await command(name, args));
  const royalty = async (): Promise<number> =>
    (await run<{ royalty: { bps: number } }>("collection")).royalty.bps;

  it("wraps works into votes, and says whose they are", async () => {
    await run("wrap", { token: "1000000,1000001,1000002" });
    expect(await refused("wrap", { token: "1000000" })).to.equal(
      "wrap/not-yours",
    );
    const stranger = `0x${"77".repeat(20)}`;
    expect(
      await refused("delegate", { to: stranger, account: stranger }),
    ).to.equal("dao/not-yours");
    const { holder } = await run<{ holder: string }>("unwrap", {
      token: "1000002",
    });
    await run("delegate", { to: holder });
  });

  it("proposes what it has shown and tried, with reasons", async () => {
    const set = "royalty=7.5%";
    const plan = await run<Proposed>("propose", { set, because, dryRun: true });
    expect(plan.decoded.map(({ sentence }) => sentence)).to.deep.equal([
      "Set the royalty from 5 % to 7.5 %.",
    ]);
    expect(
      await refused("propose", { set: "royalty=10.5%", because }),
    ).to.equal("chain/refused");
    const out = folder;
    const proposed = await run<Proposed>("propose", { set, because, out });
    expect(proposed.reasonsHash).to.equal(plan.reasonsHash);
    id = proposed.id;
    expect(await refused("propose", { set, because, out })).to.equal(
      "dao/live-proposal",
    );
  });

  it("lists it with every call in words", async () => {
    const { proposals } = await run<Listed>("proposals");
    expect(proposals.length).to.equal(1);
    expect(proposals[0]).to.include({ id, title: "Raise the royalty" });
    expect(proposals[0]?.calls[0]).to.deep.include({
      sentence: "Set the royalty from 5 % to 7.5 %.",
      suspicions: [],
    });
  });

  it("votes, queues and executes as time goes by, and the next sale pays the new royalty", async () => {
    const proposal = id;
    expect(await refused("execute", { proposal })).to.equal("dao/too-early");
    expect(await refused("queue", { proposal })).to.equal("dao/too-early");
    await run("vote", { proposal, support: "for", reason: "Steady." });
    expect(await refused("vote", { proposal, support: "against" })).to.equal(
      "dao/already-voted",
    );
    expect(await royalty()).to.equal(500);
    await run("queue", { proposal });
    await run("execute", { proposal });
    expect(await royalty()).to.equal(750);
    expect(await refused("execute", { proposal })).to.equal("dao/wrong-state");
    expect(await refused("cancel", { proposal })).to.equal("dao/wrong-state");
    const { proposals } = await run<Listed>("proposals", { proposal });
    expect(proposals[0]?.state).to.equal("executed");
  });

  it("shows the parameters as they are now", async () => {
    const { slots } = await run<{
      slots: { slot: string; value: number }[];
    }>("parameters");
    expect(slots.find(({ slot }) => slot === "royalty")?.value).to.equal(750);
  });
});
