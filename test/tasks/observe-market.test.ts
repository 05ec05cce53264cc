import { once } from "node:events";
import {
  access,
  mkdtemp,
  mkdir,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { HDNodeWallet, Mnemonic } from "ethers";
import hre from "hardhat";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { errorCode, startCommand, startNode } from "../kit/cli.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

interface Brought {
  readonly adapter: { readonly kind: string } | null;
  readonly rounds: readonly {
    readonly round: number;
    readonly adapter: string;
    readonly time: number;
    readonly fields: Readonly<Record<string, number | null>>;
    readonly seen?: object;
  }[];
  readonly wouldBring: readonly object[];
  readonly reports: {
    readonly quorum: number;
    readonly from: readonly string[];
    readonly missing: readonly string[];
    readonly enough: boolean;
    readonly written: readonly string[];
    readonly dropped: readonly { readonly code: string }[];
  } | null;
}

interface Rounds {
  readonly rounds: readonly {
    readonly round: number;
    readonly adapter: { readonly kind: string };
  }[];
  readonly oracle: {
    readonly active: { readonly kind: string } | null;
    readonly fallback: { readonly kind: string } | null;
    readonly stale: boolean;
    readonly address: string;
  } | null;
  readonly chart: { readonly svg: string; readonly png: string } | null;
}

/** Accounts of a Hardhat node; 8 to 12 are the reporters. */
const ACCOUNTS = HDNodeWallet.fromMnemonic(
  Mnemonic.fromPhrase(
    "test test test test test test test test test test test junk",
  ),
  "m/44'/60'/0'/0",
);
const key = (index: number): string => ACCOUNTS.deriveChild(index).privateKey;
const address = (index: number): string =>
  ACCOUNTS.deriveChild(index).address.toLowerCase();

describe("tasks/observe-market and rounds", function () {
  // The tests build on each other, as the rounds of a chain do: a day later each.
  this.timeout(120_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let hardhat: HardhatRuntimeEnvironment;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    node = await startNode();
    hardhat = await hardhatAt(node.url);
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  type Args = Record<string, string | boolean>;
  async function run<T = Brought>(
    verb: string,
    args: Args,
    on: HardhatRuntimeEnvironment = hardhat,
  ): Promise<T> {
    const done = await runTask(verb, { json: true, ...args }, on);
    expect(done.code, done.stderr).to.equal(0);
    return JSON.parse(done.stdout) as T;
  }
  async function refused(
    args: Args,
    on: HardhatRuntimeEnvironment = hardhat,
  ): Promise<string | undefined> {
    const done = await runTask("observe-market", { json: true, ...args }, on);
    expect([done.code, done.stdout], done.stderr).to.deep.equal([1, ""]);
    return errorCode(done);
  }
  const kinds = ({ oracle }: Rounds) => [
    oracle?.active?.kind,
    oracle?.fallback?.kind,
  ];
  const listed = () => run<Rounds>("rounds", { out: folder });

  it("lists nothing before the first round, and says what would be brought", async () => {
    const seen = await run(
      "observe-market",
      {
        date: "2025-03-01",
        market: "offchain/market/sample/synthetic-daily.csv",
        dryRun: true,
      },
      hre,
    );
    expect(seen.wouldBring).to.have.length(1);
    const { rounds, oracle, chart } = await run<Rounds>("rounds", {
      out: join(folder, "none"),
    });
    expect([rounds, oracle, chart]).to.deep.equal([[], null, null]);
  });

  it("brings rounds by signed reporters unless told otherwise, through whom the oracle hears from then on", async () => {
    const { adapter, rounds, reports } = await run("observe-market", {
      date: "2025-03-01",
    });
    expect(adapter?.kind).to.equal("signed-reporters");
    expect(rounds[0]).to.include({ round: 1, adapter: "signed-reporters" });
    expect(rounds[0]).not.to.have.property("seen");
    expect(reports?.from).to.have.length(5);
    expect(reports?.written).to.deep.equal([]);
    expect(kinds(await listed())).to.deep.equal([
      "signed-reporters",
      undefined,
    ]);
    expect(await refused({ date: "2025-03-01" })).to.equal("round/not-newer");
    const again = await run("observe-market", { replay: "2", step: "2" });
    expect(again.rounds.map(({ round }) => round)).to.deep.equal([2, 3]);
  });

  for (const [kind, day] of [
    ["account", "08"],
    ["data-feeds", "09"],
    ["functions", "10"],
    ["cre", "11"],
  ] as const)
    it(`brings a round by ${kind}, reporters behind it`, async () => {
      const date = `2025-03-${day}`;
      const done = await run("observe-market", { date, adapter: kind });
      expect(done.rounds).to.have.length(1);
      expect(done.rounds[0]?.adapter).to.equal(kind);
      // A feed tells nothing but its price on its first day, and nodes look for themselves: the report says both.
      expect("seen" in (done.rounds[0] ?? {})).to.equal(
        kind === "data-feeds" || kind === "functions",
      );
    });

  it("draws the rounds, and tells them at a terminal", async () => {
    const list = await listed();
    expect(kinds(list)).to.deep.equal(["cre", "signed-reporters"]);
    expect(list.oracle?.stale).to.equal(false);
    expect(list.rounds.map(({ adapter }) => adapter.kind)).to.deep.equal([
      ...Array.from({ length: 3 }, () => "signed-reporters"),
      "account",
      "data-feeds",
      "functions",
      "cre",
    ]);
    const { chart } = list;
    expect(chart?.svg).to.equal(join(folder, "rounds.svg"));
    await access(chart?.png ?? "");
    const { stdout } = await runTask(
      "rounds",
      { json: false, out: folder },
      hardhat,
    );
    expect(stdout).to.match(/^Active {4}cre 0x[0-9a-f]{40}$/m);
    expect(stdout).to.match(/^Fallback {2}signed-reporters 0x/m);
    expect(stdout).to.match(/^7 .* 2025-03-11 .* cre /m);
  });

  const shared = () => join(folder, "shared");
  const shareArgs = (): Args => ({
    date: "2025-03-13",
    out: shared(),
    reports: shared(),
  });
  /** A reporter's own configuration: a development chain's jobs, and one reporter's key. */
  const asReporter = (index: number) =>
    hardhatAt(node.url, [
      ...Array.from({ length: 7 }, (_, i) => key(i)),
      key(index),
    ]);

  it("lets reporters with one key each share reports until the quorum is there, and then anybody sends them", async () => {
    await mkdir(shared());
    // Back to reporters, by the admin of the development chain.
    const adapter = "signed-reporters";
    await run("observe-market", { date: "2025-03-12", adapter });
    const args = shareArgs();
    const first = await run("observe-market", args, await asReporter(8));
    expect(first.rounds).to.deep.equal([]);
    expect(first.reports).to.deep.include({ quorum: 3, enough: false });
    expect(first.reports?.from).to.deep.equal([address(8)]);
    expect(first.reports?.missing).to.have.length(4);
    expect(first.reports?.written).to.deep.equal([
      join(shared(), `report-9-${address(8)}.json`),
    ]);
    const second = await run("observe-market", args, await asReporter(9));
    expect(second.reports?.from).to.have.length(2);
    await forge();
    const third = await run("observe-market", args, await asReporter(10));
    expect(third.reports?.dropped.map(({ code }) => code)).to.deep.equal([
      "report/forged",
    ]);
    expect(third.rounds.map(({ round }) => round)).to.deep.equal([9]);
    // The next round needs new ones: those in the folder are of this.
    const late = await run(
      "observe-market",
      { ...args, date: "2025-03-14" },
      await asReporter(8),
    );
    expect(late.reports).to.deep.include({ enough: false });
    expect(
      new Set(late.reports?.dropped.map(({ code }) => code)),
    ).to.deep.equal(new Set(["report/other-round"]));
  });

  /** Somebody who has no key of account 11 speaks in its name. */
  async function forge(): Promise<void> {
    const [name = ""] = await readdir(shared());
    const text = await readFile(join(shared(), name), "utf8");
    const forged = text.replace(
      /"reporter": "[^"]+"/,
      `"reporter": "${address(11)}"`,
    );
    await writeFile(join(shared(), `report-9-${address(11)}.json`), forged);
  }

  it("tells reporters which files are none, and sends nothing for them", async () => {
    const args = shareArgs();
    await writeFile(join(folder, "rubbish.json"), "<html>");
    const reports = join(folder, "rubbish.json");
    const one = await asReporter(8);
    const told = await run(
      "observe-market",
      { ...args, date: "2025-03-14", reports },
      one,
    );
    expect(told.reports?.dropped.map(({ code }) => code)).to.deep.equal([
      "report/malformed",
    ]);
    expect(
      await refused({ ...args, reports: join(folder, "nowhere") }, one),
    ).to.equal("options/unreadable-reports");
  });

  it("watches until Ctrl-C: a round, nothing newer, and a clean end", async () => {
    const args = [
      "--market",
      join(folder, "market.csv"),
      "--every",
      "1",
      "--json",
    ];
    const sample = "offchain/market/sample/synthetic-daily.csv";
    const rows = (await readFile(sample, "utf8")).split("\n");
    const until = (day: string) =>
      rows
        .slice(0, rows.findIndex((row) => row.startsWith(day)) + 1)
        .join("\n");
    await writeFile(join(folder, "market.csv"), until("2025-04-01"));
    const watch = startCommand(
      ["observe-market", "--watch", ...args, "--network", "localhost"],
      { LOOP_LOCALHOST: node.url },
    );
    const ended = once(watch, "close") as Promise<[number | null]>;
    let [stdout, stderr] = ["", ""];
    watch.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    watch.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const seen = async (done: () => boolean): Promise<void> => {
      for (let tries = 0; !done(); tries++) {
        if (tries === 1_000 || watch.exitCode !== null)
          throw new Error(`watched in vain: ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await seen(() => stderr.includes("round/not-newer"));
    await writeFile(join(folder, "market.csv"), until("2025-04-02"));
    await seen(() => stdout.split("\n").length === 3);
    await seen(() => stderr.split("round/not-newer").length === 3);
    watch.kill("SIGINT");
    expect((await ended)[0], stderr).to.equal(0);
    const lines = stdout.trimEnd().split("\n");
    expect(
      lines.map((line) => (JSON.parse(line) as Brought).rounds[0]?.round),
    ).to.deep.equal([10, 11]);
  });

  for (const [args, code] of [
    [{ source: "nowhere" }, "options/unknown-source"],
    [{ adapter: "foo" }, "options/unknown-adapter"],
    [{ watch: true, replay: "3" }, "options/bad-watch"],
    [{ source: "coinbase", replay: "3" }, "options/bad-replay"],
    [{ every: "3" }, "options/bad-replay"],
    [{ reports: "none.json" }, "options/unreadable-reports"],
    [{ source: "csv:none.csv" }, "options/unreadable-market"],
    [
      { source: "csv:none.csv,csv:no.csv", dryRun: true },
      "market/nothing-left",
    ],
  ] as const)
    it(`says \`${code}\` for ${JSON.stringify(args)}`, async () => {
      expect(await refused(args, hre)).to.equal(code);
    });
});
