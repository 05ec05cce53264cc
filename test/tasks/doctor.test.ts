import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import hre from "hardhat";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { errorCode, startNode, type Finished } from "../kit/cli.ts";
import { startTestGateway, type TestGateway } from "../kit/gateway.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

interface Document {
  readonly healthy: boolean;
  readonly places: readonly string[];
  readonly archives: readonly {
    readonly name: string;
    readonly root: string;
    readonly at: Readonly<Record<string, string>>;
  }[];
  readonly tokens: { readonly followed: number; readonly found: number };
  readonly findings: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly target: string | null;
  }[];
  readonly repaired: readonly {
    readonly name: string;
    readonly from: string;
  }[];
}

describe("tasks/doctor", function () {
  // A node, a batch that is really painted, and one that is painted again.
  this.timeout(120_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let hardhat: HardhatRuntimeEnvironment;
  let gateway: TestGateway;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-doctor-"));
    node = await startNode();
    hardhat = await hardhatAt(node.url);
    gateway = await startTestGateway();
    const args = { count: "2", size: "64", out: join(folder, "out") };
    const done = await runTask("mint-batch", { ...args, json: true }, hardhat);
    expect(done.code, done.stderr).to.equal(0);
  });
  after(async () => {
    await gateway.close();
    await node.stop();
    await rm(folder, { recursive: true });
  });

  const doctor = (args: Record<string, unknown> = {}): Promise<Finished> =>
    runTask("doctor", { json: true, ...args }, hardhat);
  const read = ({ stdout }: Finished): Document =>
    JSON.parse(stdout) as Document;

  it("finds nothing wrong, then what was damaged and lost, and mends it out of nothing but the chain", async () => {
    const well = await doctor();
    expect(well.code, well.stderr).to.equal(0);
    const { archives, tokens, healthy } = read(well);
    expect([healthy, tokens]).to.deep.equal([true, { followed: 2, found: 2 }]);
    expect(archives.map(({ name }) => name)).to.deep.equal([
      "batch 1",
      "recipe 1",
    ]);

    const [root = "", recipe = ""] = archives.map((one) => one.root);
    const store = join(hre.config.paths.root, ".loop/cars");
    const car = join(store, `${root}.car`);
    // An earlier command may have kept the recipe by itself.
    await rm(join(store, `${recipe}.car`), { force: true });
    const sound = await readFile(car);
    const damaged = Buffer.from(sound);
    damaged[200_000] = (damaged[200_000] ?? 0) ^ 1;
    await rm(car);
    await writeFile(car, damaged);
    const pin = `folder:${join(folder, "place")}`;
    const ill = await doctor({ pin });
    expect([ill.code, errorCode(ill)]).to.deep.equal([1, "doctor/unhealthy"]);
    expect(
      read(ill).findings.map(({ kind, subject, target }) => [
        kind,
        subject,
        target,
      ]),
    ).to.deep.equal([
      ["damaged", "batch 1", "local"],
      ["not-pinned", "batch 1", pin],
      ["missing", "recipe 1", "local"],
      ["not-pinned", "recipe 1", pin],
    ]);

    const mended = await doctor({ pin, repair: true });
    expect(mended.code, mended.stderr).to.equal(0);
    expect(
      read(mended).repaired.map(({ name, from }) => [name, from]),
    ).to.deep.equal([
      ["batch 1", "chain"],
      ["batch 1", "local"],
    ]);
    expect((await readFile(car)).equals(sound)).to.equal(true);
    const pinned = await readFile(join(folder, "place", `${root}.car`));
    expect(pinned.equals(sound)).to.equal(true);
  });

  it("asks gateways of others, and prints a table for people", async () => {
    const { stdout, code } = await doctor({
      gateway: gateway.url,
      tokens: "1000001",
      json: false,
    });
    expect(code).to.equal(1);
    expect(stdout)
      .to.contain("batch 1")
      .and.to.contain("whole")
      .and.to.contain(`missing: token 1000001 at ${gateway.url}`);
  });

  it("refuses what is no gateway", async () => {
    const wrong = await doctor({ gateway: "ftp://example.org" });
    expect([wrong.code, errorCode(wrong)]).to.deep.equal([
      1,
      "options/bad-gateway",
    ]);
  });
});
