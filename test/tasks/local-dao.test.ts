import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { network } from "hardhat";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { JsonRpcServer } from "hardhat/types/network";

import type { DaoAddresses } from "../../offchain/loop/ports-governance.ts";
import { composeGovernance } from "../../tasks/compose/governance.ts";
import { errorCode, type Finished } from "../kit/cli.ts";
import { expectCode } from "../kit/rejection.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

const SMALL = { count: "1", size: "64", workers: "1" };

describe("tasks/local-dao", function () {
  this.timeout(120_000);
  let folder: string;
  let node: JsonRpcServer;
  let hardhat: HardhatRuntimeEnvironment;
  const notes: string[] = [];
  const progress = {
    stage: () => {},
    note: (sentence: string) => void notes.push(sentence),
  };

  const command = (
    verb: string | string[],
    args: Record<string, unknown> = {},
  ): Promise<Finished> => runTask(verb, { json: true, ...args }, hardhat);
  async function run(
    verb: string | string[],
    args: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await command(verb, args);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  }
  const found = async (send = true): Promise<DaoAddresses> => {
    const deps = await composeGovernance(hardhat, { progress, send });
    await deps.close();
    return deps.governance.addresses;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-dao-"));
    // In this process: no crash is played here, so the seconds of a process of its own are saved.
    node = await network.createServer("node", "127.0.0.1", 0);
    const { address, port } = await node.listen();
    hardhat = await hardhatAt(`http://${address}:${port}`);
  });
  after(async () => {
    await node.close();
    await rm(folder, { recursive: true });
  });

  it("founds a DAO on first use, once, and leaves no key outside it", async () => {
    await run(["recipe", "list"]);
    await expectCode(found(false), "dao/none");
    const early = await run("check-deployment");
    expect(early).to.deep.include({ outside: 3 });

    const addresses = await found();
    expect(notes.at(-1)).to.contain("Founded");
    const told = notes.length;
    expect(await found(false)).to.deep.equal(addresses);
    expect(notes).to.have.length(told);

    const check = await run("check-deployment");
    expect(check).to.deep.include({ outside: 0, findings: [] });
    expect(check["contracts"]).to.deep.include({
      LoopTimelock: addresses.timelock,
      ParameterController: addresses.controller,
    });
    const shown = await command("check-deployment", { json: false });
    expect(shown.stdout).to.contain(
      "0 privileged keys outside timelock, guardian and steward",
    );
  });

  it("goes on minting and bringing rounds, and leaves decisions to the DAO", async () => {
    await run("mint-batch", { ...SMALL, out: folder });
    await run("observe-market");
    const set = { set: "works-per-day=10" };
    expect(errorCode(await command("parameters", set))).to.equal("dao/decides");
  });
});
