import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { Interface, JsonRpcProvider } from "ethers";
import { network } from "hardhat";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { JsonRpcServer } from "hardhat/types/network";

import { errorCode } from "../kit/cli.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

const ROYALTY = new Interface([
  "function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns (address receiver, uint256 royaltyAmount)",
]);

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
  // They build on each other, as a proposal's life does.
  this.timeout(240_000);
  let folder: string;
  let because: string;
  let node: JsonRpcServer;
  let url: string;
  let hardhat: HardhatRuntimeEnvironment;
  let collection: string;
  let id: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    because = join(folder, "because.md");
    await writeFile(because, "# Raise the royalty\n\nSales are steady.\n");
    // In this process: no crash is played here, so the seconds of a process of its own are saved.
    node = await network.createServer("node", "127.0.0.1", 0);
    const { address, port } = await node.listen();
    url = `http://${address}:${port}`;
    hardhat = await hardhatAt(url);
    const args = { count: "3", size: "64", workers: "1", out: folder };
    ({ collection } = await run<{ collection: string }>("mint-batch", args));
  });
  after(async () => {
    await node.close();
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
  /** What a marketplace asks of a work: bps of its price. */
  const royalty = async (): Promise<number> => {
    const sale = [1_000_000n, 10_000n];
    const data = ROYALTY.encodeFunctionData("royaltyInfo", sale);
    const provider = new JsonRpcProvider(url);
    try {
      const answer = await provider.call({ to: collection, data });
      const [, amount] = ROYALTY.decodeFunctionResult("royaltyInfo", answer);
      return Number(amount);
    } finally {
      provider.destroy();
    }
  };

  it("wraps works into votes, and gives one back", async () => {
    await run("wrap", { token: "1000000,1000001,1000002" });
    const again = await refused("wrap", { token: "1000000" });
    expect(again).to.equal("dao/already-wrapped");
    const { holder } = await run<{ holder: string }>("unwrap", {
      token: "1000002",
    });
    await run("delegate", { to: holder });
  });

  it("proposes what it has shown and tried, with reasons", async () => {
    // The governor takes the second only while it carries out a proposal.
    const set = "royalty=7.5%,quorum=5%,guard-threshold=52.5%";
    const plan = await run<Proposed>("propose", { set, because, dryRun: true });
    expect(plan.decoded.map(({ sentence }) => sentence)).to.deep.equal([
      "Set the royalty from 5 % to 7.5 %.",
      "Set the DAO's quorum from 4 % of the wrapped works to 5 % of the wrapped works.",
      "Set the guard threshold from 50 % to 52.5 %.",
    ]);
    const wrong = { set: "quorum=5%,voting-period=0s", because };
    expect(await refused("propose", wrong)).to.equal("chain/refused");
    const out = folder;
    const proposed = await run<Proposed>("propose", { set, because, out });
    expect(proposed.reasonsHash).to.equal(plan.reasonsHash);
    id = proposed.id;
  });

  it("votes, queues and executes as time goes by, and the next sale pays the new royalty", async () => {
    const proposal = id;
    expect(await refused("queue", { proposal })).to.equal("dao/too-early");
    await run("vote", { proposal, support: "for", reason: "Steady." });
    await run("queue", { proposal });
    expect(await royalty()).to.equal(500);
    await run("execute", { proposal });
    expect(await royalty()).to.equal(750);
  });

  it("mints on the terms that are in force since then", async () => {
    const args = { count: "1", size: "64", workers: "1", out: folder };
    await run("mint-batch", args);
  });

  it("lists it in words, and the parameters as they are now", async () => {
    const { proposals } = await run<Listed>("proposals");
    expect(proposals.length).to.equal(1);
    expect(proposals[0]).to.include({
      id,
      title: "Raise the royalty",
      state: "executed",
    });
    expect(proposals[0]?.calls[0]).to.deep.include({
      sentence: "Set the royalty to 7.5 %.",
      suspicions: [],
    });
    const { slots } = await run<{
      slots: { slot: string; value: number }[];
    }>("parameters");
    expect(slots.find(({ slot }) => slot === "royalty")?.value).to.equal(750);
  });

  it("stops the steward in one transaction, as the guardian", async () => {
    await run("freeze");
    const { frozen } = await run<{ frozen: boolean }>("parameters");
    expect(frozen).to.equal(true);
    expect(await refused("freeze", {})).to.equal("dao/frozen");
  });
});
