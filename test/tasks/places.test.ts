import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import hre from "hardhat";

import { readSecret } from "../../tasks/compose/secrets.ts";
import { placesOf } from "../../tasks/places.ts";
import { errorCode } from "../kit/cli.ts";
import { createLedger, fakeChain } from "../kit/fake-chain.ts";
import { expectCode } from "../kit/rejection.ts";
import { runTask } from "../kit/task.ts";

interface Pinned {
  readonly target: string;
  readonly root: string;
  readonly blocks: number;
}

describe("tasks/places", () => {
  let folder: string;
  let place: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-places-"));
    place = join(folder, "place");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const plan = (pin: string) =>
    runTask("mint-batch", {
      count: "1",
      size: "64",
      out: join(folder, "out"),
      workers: "1",
      pin,
      dryRun: true,
      json: true,
    });

  it("tells before anything is sent where files would lie, and what is no place", async () => {
    const { stdout } = await plan(`folder:${place},local`);
    expect(JSON.parse(stdout)).to.deep.include({
      dryRun: true,
      pins: [`folder:${place}`, "local"],
    });
    expect(errorCode(await plan("elsewhere"))).to.equal("options/bad-pin");
    expect(errorCode(await plan("pinata"))).to.equal("pins/no-key");
  });

  it("has a recipe held before it is registered", async () => {
    const { stdout, stderr, code } = await runTask(["recipe", "register"], {
      pin: `folder:${place}`,
      json: true,
    });
    expect(code, stderr).to.equal(0);
    const { root, pins, transaction } = JSON.parse(stdout) as {
      readonly root: string;
      readonly pins: readonly Pinned[];
      readonly transaction: string;
    };
    expect(transaction).to.match(/^0x/);
    expect(pins).to.have.length(1);
    expect(await readdir(place)).to.deep.equal([`${root}.car`]);
  });

  it("reads keys where Hardhat keeps its own, and asks nobody for one that is missing", async () => {
    const name = "LOOP_TEST_KEY_OF_PLACES";
    expect(await readSecret(hre, name)).to.equal(undefined);
    process.env[name] = "value";
    try {
      expect(await readSecret(hre, name)).to.equal("value");
    } finally {
      delete process.env[name];
    }
    expect(await readSecret(hre, name)).to.equal(undefined);
  });

  it("wants a place on a public chain, and asks for the network's once", async () => {
    const fake = fakeChain(createLedger());
    const chain = {
      ...fake,
      instance: async () => ({
        ...(await fake.instance()),
        development: false,
      }),
    };
    const asked: unknown[] = [];
    const pins = async (names?: readonly string[]) => {
      asked.push(names);
      return [];
    };
    await expectCode(placesOf({ chain, pins }), "pins/none-configured");
    await expectCode(
      placesOf({ chain, pins }, "local, pinata"),
      "pins/none-configured",
    );
    expect(asked).to.deep.equal([undefined, ["local", "pinata"]]);
    const places = await placesOf({ chain: fake, pins });
    await places.pins();
    expect(asked.length).to.equal(3);
  });
});
