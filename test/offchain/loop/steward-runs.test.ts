import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { stewardRound } from "../../../offchain/loop/steward.ts";
import {
  replayDecisions,
  stewardRequest,
} from "../../../offchain/loop/steward-runs.ts";
import { policyNamed } from "../../../offchain/steward/policies.ts";
import type { Policy } from "../../../offchain/steward/policy.ts";
import {
  bringDays,
  createStewardWorld,
  stewardPorts,
  type StewardWorld,
} from "../../kit/steward-ports.ts";
import { thrownBy } from "../../kit/thrown.ts";

describe("loop/steward-runs", () => {
  let folder: string;
  let world: StewardWorld;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
    world = createStewardWorld(folder);
    await bringDays(world, 6, { volatility: 900 });
    for (const name of ["rules", "bandit", "hold"])
      await stewardRound(
        { name, version: policyNamed(name).version, round: 6 },
        stewardPorts(world),
      );
  });
  after(() => rm(folder, { recursive: true }));

  it("decides every journalled view again, and comes to the same", async () => {
    const replayed = await replayDecisions(stewardPorts(world));
    expect(replayed.map(({ policy }) => policy)).to.deep.equal([
      "rules",
      "bandit",
      "hold",
    ]);
    for (const { journalled, again, same } of replayed) {
      expect(same).to.equal(true);
      expect(again).to.deep.equal(journalled);
    }
    expect(replayed[0]?.journalled.kind).to.equal("change");
  });

  it("sees a policy that changed without its version, and says nothing of another version", async () => {
    const other = (version: number) => (name: string) => ({
      ...policyNamed(name),
      version: name === "rules" ? version : policyNamed(name).version,
      decide: (): ReturnType<Policy["decide"]> => ({
        kind: "hold",
        why: "always",
      }),
    });
    const ports = stewardPorts(world);
    const same = async (version: number) =>
      (await replayDecisions({ ...ports, policy: other(version) })).map(
        (each) => each.same,
      );
    expect(await same(1)).to.deep.equal([false, false, true]);
    expect(await same(77)).to.deep.equal([true, false, true]);
    const only = (name: string) => policyNamed(name === "bandit" ? "" : name);
    const without = await replayDecisions({ ...ports, policy: only });
    expect(without.map(({ again }) => again === null)).to.deep.equal([
      false,
      true,
      false,
    ]);
  });

  it("takes no other run for one of a steward", () => {
    expect(thrownBy(() => stewardRequest({ token: "1" })).code).to.equal(
      "journal/bad-input",
    );
  });
});
