import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { Interface } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { errorCode, runCommand, startCommand, startNode } from "../kit/cli.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

const STRANGER = `0x${"77".repeat(20)}`;
const ERC721 = new Interface([
  "function transferFrom(address from, address to, uint256 tokenId)",
]);

interface Evolved {
  readonly epoch: number;
  readonly round: number;
  readonly works: number;
  readonly evolved: number;
  readonly pinned: number;
  readonly gasUsed: number;
  readonly car: string;
  readonly chart: { readonly svg: string; readonly png: string };
  readonly verified: readonly string[];
}

interface Verdict {
  readonly epoch?: number;
  readonly expected: { readonly tokenURI: string };
  readonly match: boolean;
}

interface Listed {
  readonly epochs: readonly {
    readonly epoch: number;
    readonly round: number;
    readonly voided: boolean;
  }[];
  readonly shown: number;
  readonly waiting: readonly number[];
}

/** Options as they are typed, as the runner hands them to a task. */
function named(typed: readonly string[]): Record<string, string | boolean> {
  const found: Record<string, string | boolean> = {};
  for (const [i, word] of typed.entries()) {
    if (!word.startsWith("--")) continue;
    const name = word.slice(2).replace(/-./g, ([, c = ""]) => c.toUpperCase());
    const next = typed[i + 1];
    found[name] = next === undefined || next.startsWith("--") ? true : next;
  }
  return found;
}

describe("tasks/evolve and what comes with it", function () {
  // Commands in processes of their own: seconds each. They build on each other, as a collection's life does.
  this.timeout(240_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let env: Record<string, string>;
  let hardhat: HardhatRuntimeEnvironment;
  let collection: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    node = await startNode();
    env = { LOOP_LOCALHOST: node.url };
    hardhat = await hardhatAt(node.url);
    const args = ["--count", "4", "--size", "64", "--date", "2025-01-31"];
    const minted = await run<{ collection: string }>("mint-batch", ...args);
    collection = minted.collection;
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  const WITH_FOLDER = ["mint-batch", "evolve"];
  const line = ([verb = "", ...rest]: readonly string[]) => [
    verb,
    ...rest,
    ...(WITH_FOLDER.includes(verb) ? ["--out", folder] : []),
    "--json",
  ];
  /** In a process of its own, as a person does: for what dies or goes on. */
  const typed = (args: readonly string[]) => [
    ...line(args),
    "--network",
    "localhost",
  ];
  /** In this process, which takes a tenth of the time. */
  const command = (args: readonly string[]) => {
    const [verb = "", ...rest] = line(args);
    return runTask(verb, named(rest), hardhat);
  };
  async function run<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await command(args);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as T;
  }
  async function refused(...args: string[]): Promise<string | undefined> {
    const done = await command(args);
    expect(done.code, done.stderr).to.equal(1);
    expect(done.stdout).to.equal("");
    return errorCode(done);
  }

  it("brings a round once, and says what the market looked like", async () => {
    expect(await refused("evolve", "--dry-run")).to.equal("evolve/no-round");
    const date = ["--date", "2025-03-01"];
    const deadly = { ...env, LOOP_KILL_AT: "oracle/name/*/outbox" };
    const killed = await runCommand(typed(["observe-market", ...date]), deadly);
    expect(killed.code).to.equal(null);
    const { rounds } = await run<{
      rounds: { round: number; seals: number; fields: object }[];
    }>("observe-market", ...date);
    expect(rounds).to.have.length(1);
    expect(rounds[0]).to.include({ round: 1, seals: 1 });
    expect(rounds[0]?.fields).to.include({ sentiment: null });
    expect(await refused("observe-market", ...date)).to.equal(
      "round/not-newer",
    );
  });

  it("goes on with an evolution that was killed before it was sent, and publishes it once", async () => {
    const deadly = { ...env, LOOP_KILL_AT: "*/keep/stored" };
    const killed = await runCommand(typed(["evolve"]), deadly);
    expect(killed.code).to.equal(null);
    expect((await run<Listed>("epochs")).waiting).to.deep.equal([1]);
    const { runs } = await run<{ runs: { kind: string; finished: boolean }[] }>(
      "resume",
    );
    expect(runs).to.have.length(1);
    expect(runs[0]).to.include({ kind: "evolve", finished: true });
    expect(await refused("evolve", "--round", "1")).to.equal(
      "evolve/already-published",
    );
    const { epochs, waiting } = await run<Listed>("epochs");
    expect(epochs.map(({ epoch, round }) => [epoch, round])).to.deep.equal([
      [1, 1],
    ]);
    expect(waiting).to.deep.equal([]);
  });

  it("carries pins and dials into the next epoch, and proves it from files and from the chain", async () => {
    const turn = ["--dial", "warmth", "--up", "--times", "2"];
    const { dials } = await run<{ dials: object }>(
      "attune",
      "--token",
      "1000000",
      ...turn,
    );
    expect(dials).to.include({ warmth: 2, temper: 0 });
    await run("pin", "--token", "1000001", "--epoch", "genesis");
    const adapter = ["--adapter", "cre"];
    await run("observe-market", "--replay", "2", "--step", "30", ...adapter);
    const evolved = await run<Evolved>("evolve");
    expect(evolved).to.include({ epoch: 2, round: 3, works: 4, pinned: 1 });
    expect(evolved.gasUsed).to.be.below(90_000);
    expect(evolved.verified).to.not.be.empty;
    for (const path of [evolved.car, evolved.chart.svg, evolved.chart.png])
      await access(path);

    const shown = ["verify-token", "--epoch", "shown", "--token"];
    const moved = await run<Verdict>(...shown, "1000000");
    expect(moved).to.include({ epoch: 2, match: true });
    const pinned = await run<Verdict>(...shown, "1000001");
    expect(pinned.match).to.equal(true);
    expect(pinned).to.not.have.property("epoch");
    const deep = ["--token", "1000001", "--epoch", "2", "--deep"];
    expect(await run<Verdict>("verify-token", ...deep)).to.include({
      epoch: 2,
      match: true,
    });
  });

  it("refuses rounds out of order, strangers' works, and what is not there", async () => {
    expect(await refused("evolve", "--round", "2")).to.equal(
      "evolve/overtaken",
    );
    expect(await refused("evolve", "--round", "9")).to.equal("epoch/no-round");
    const operator = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    const data = ERC721.encodeFunctionData("transferFrom", [
      operator,
      STRANGER,
      1_000_003n,
    ]);
    const params = [{ from: operator, to: collection, data }];
    const method = "eth_sendTransaction";
    await fetch(node.url, {
      method: "POST",
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const his = ["--token", "1000003"];
    expect(await refused("pin", ...his, "--epoch", "1")).to.equal(
      "pin/not-yours",
    );
    expect(
      await refused("attune", ...his, "--dial", "temper", "--up"),
    ).to.equal("attune/not-yours");
    expect(await refused("pin", "--token", "9000000", "--epoch", "1")).to.equal(
      "chain/no-token",
    );
    expect(await refused("pin", "--token", "1000000", "--epoch", "3")).to.equal(
      "chain/no-epoch",
    );
    const many = ["--dial", "warmth", "--up", "--times", "7"];
    expect(await refused("attune", "--token", "1000000", ...many)).to.equal(
      "attune/at-end",
    );
  });

  it("shows a buyer the epoch before the one that was voided", async () => {
    expect(await run("void-epoch", "--epoch", "2")).to.include({ shown: 1 });
    expect(await run("void-epoch", "--epoch", "2")).to.include({
      shown: 1,
      transaction: null,
    });
    expect(await refused("void-epoch", "--epoch", "3")).to.equal(
      "chain/no-epoch",
    );
    const { epochs, shown } = await run<Listed>("epochs");
    expect(epochs.map(({ voided }) => voided)).to.deep.equal([false, true]);
    expect(shown).to.equal(1);
    const verdict = ["verify-token", "--token", "1000000", "--epoch", "shown"];
    expect(await run<Verdict>(...verdict)).to.include({
      epoch: 1,
      match: true,
    });
    await run("unpin", "--token", "1000001");
    const free = ["verify-token", "--token", "1000001", "--epoch", "shown"];
    expect(await run<Verdict>(...free)).to.include({ epoch: 1 });
  });

  it("watches until Ctrl-C: an epoch for a new round, and a clean end", async () => {
    const watch = startCommand(typed(["evolve", "--watch"]), env);
    const ended = once(watch, "close") as Promise<[number | null]>;
    let [stdout, stderr] = ["", ""];
    watch.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    watch.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const until = async (done: () => boolean): Promise<void> => {
      for (let tries = 0; !done(); tries++) {
        if (tries === 1_000 || watch.exitCode !== null)
          throw new Error(`watched in vain: ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(() => stderr.includes("newer than 3"));
    const adapter = ["--adapter", "data-feeds"];
    await run("observe-market", "--replay", "1", "--step", "30", ...adapter);
    await until(() => stderr.includes("newer than 4"));
    watch.kill("SIGINT");
    expect((await ended)[0], stderr).to.equal(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0] ?? "") as Evolved).to.include({
      epoch: 3,
      round: 4,
    });
  });

  it("proves that the batch obeyed the odds it was opened under", async () => {
    const proof = await run<{
      works: number;
      against: string;
      odds: { trait: string; drawn: number }[];
    }>("odds", "--batch", "1");
    expect(proof).to.include({ works: 4, against: "archive" });
    const families = proof.odds.filter(({ trait }) => trait === "family");
    expect(families.reduce((sum, { drawn }) => sum + drawn, 0)).to.equal(4);
    expect(await refused("odds", "--batch", "2")).to.equal("chain/no-batch");
  });

  for (const [verb, args, code] of [
    ["evolve", { round: "x" }, "options/bad-round"],
    ["evolve", { chart: "x" }, "options/bad-tokens"],
    ["evolve", {}, "options/no-network"],
    ["observe-market", { at: "yesterday" }, "options/bad-time"],
    ["observe-market", { market: "none.csv" }, "options/unreadable-market"],
    ["observe-market", { at: "1" }, "market/nothing-before"],
    ["pin", { token: "1000000" }, "options/bad-epoch"],
    ["pin", { epoch: "1" }, "options/bad-token"],
    ["unpin", {}, "options/bad-token"],
    [
      "attune",
      { token: "1000000", dial: "loudness", up: true },
      "options/bad-dial",
    ],
    ["void-epoch", { epoch: "genesis" }, "options/bad-epoch"],
    ["verify-token", { token: "1000000", epoch: "-1" }, "options/bad-epoch"],
    ["odds", { batch: "0" }, "options/bad-batch"],
  ] as const)
    it(`says \`${code}\` for ${verb} ${JSON.stringify(args)}`, async () => {
      const done = await runTask(verb, { json: true, ...args });
      expect([done.code, done.stdout, errorCode(done)]).to.deep.equal([
        1,
        "",
        code,
      ]);
    });

  it("shows the odds of a market without any network", async () => {
    const done = await runTask("odds", { json: true });
    const { odds, from } = JSON.parse(done.stdout) as {
      from: string;
      odds: { trait: string; share: number }[];
    };
    expect(from).to.equal("synthetic-daily.csv");
    const shares = odds.filter(({ trait }) => trait === "family");
    const total = shares.reduce((sum, { share }) => sum + share, 0);
    expect(total).to.be.within(1_000_000 - shares.length, 1_000_000);
  });
});
