import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import type { Json } from "../../../offchain/kernel/json.ts";
import {
  readReasons,
  reasonsBlock,
} from "../../../offchain/loop/publish-reasons.ts";
import { previewLook, stewardRound } from "../../../offchain/loop/steward.ts";
import {
  lastLooked,
  unfinishedLook,
} from "../../../offchain/loop/steward-runs.ts";
import { rulesPolicy } from "../../../offchain/steward/rules.ts";
import { dyingAt, isCrash } from "../../kit/crash.ts";
import { at } from "../../kit/governed.ts";
import { expectCode } from "../../kit/rejection.ts";
import {
  bringDays,
  createStewardWorld,
  sentIn,
  stewardPorts,
  type StewardWorld,
} from "../../kit/steward-ports.ts";

const request = (round: number) => ({ name: "rules", version: 1, round });

describe("loop/steward", () => {
  let folder: string;
  let world: StewardWorld;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "loop-"))));
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => void (world = createStewardWorld(folder)));

  it("takes the job that it was offered, holds on an ordinary day, and remembers what it saw", async () => {
    await bringDays(world, 6);
    const ports = stewardPorts(world);
    const report = await stewardRound(request(6), ports);
    expect(report.decision).to.deep.equal({
      kind: "hold",
      why: "nothing-wanted",
    });
    expect(report.outcome).to.deep.equal({ kind: "held" });
    expect(sentIn(world)).to.deep.equal(["accept"]);
    expect(world.dao.stewards).to.deep.equal([at("e")]);
    expect(await lastLooked(ports)).to.equal(6);
    expect(await unfinishedLook(ports)).to.equal(undefined);
  });

  it("moves a parameter by what it saw, with reasons that whoever has the hash can read", async () => {
    await bringDays(world, 6, { volatility: 900 });
    const ports = stewardPorts(world);
    const { outcome, view } = await stewardRound(request(6), ports);
    if (outcome.kind !== "changed") throw new Error(outcome.kind);
    expect(world.dao.values["guard-threshold"]).to.equal(5_250);
    const [change] = world.dao.changes;
    expect(change?.reasons).to.equal(outcome.reasons);
    const bytes = await readReasons(outcome.reasons, ports.archives);
    const document = JSON.parse(new TextDecoder().decode(bytes)) as Json;
    expect(reasonsBlock(document).hash).to.equal(outcome.reasons);
    expect(document).to.have.nested.property("decision.to", 5_250);
    // The box as it stands afterwards keeps it from going on at once.
    const again = await stewardRound(request(6), stewardPorts(world));
    expect(again.decision.kind === "hold" || again.decision.slot).to.equal(
      "odds-sensitivity",
    );
    expect(view.own.length).to.equal(5);
    expect(view.own[1]).to.include({
      sales: 2,
      volume: 2_000_000,
      royalty: 500,
    });
  });

  it("moves once, wherever it dies", async () => {
    await bringDays(world, 6, { volatility: 900 });
    const labels: string[] = [];
    const counted = createStewardWorld(folder);
    await bringDays(counted, 6, { volatility: 900 });
    const counting = stewardPorts(counted, {
      point: (label) => void labels.push(label),
    });
    await stewardRound(request(6), counting);
    expect(labels).to.include("send/worked");
    expect(labels.length).to.be.above(14);
    for (const label of new Set(labels)) {
      const mortal = createStewardWorld(folder);
      await bringDays(mortal, 6, { volatility: 900 });
      const dying = stewardPorts(mortal, { point: dyingAt(label) });
      const died = await stewardRound(request(6), dying).then(
        () => false,
        isCrash,
      );
      expect(died, label).to.equal(true);
      // The market turned meanwhile: what was decided stands all the same, if it was decided.
      const alive = stewardPorts(mortal);
      const begun = await unfinishedLook(alive);
      if (begun !== undefined) {
        const { outcome } = await stewardRound(begun, alive);
        expect(outcome.kind, label).to.equal("changed");
      }
      expect(sentIn(mortal), label).to.deep.equal(["accept", "send"]);
      expect(mortal.dao.values, label).to.deep.equal(counted.dao.values);
    }
  });

  it("gives up what a newer round has overtaken, and looks anew", async () => {
    await bringDays(world, 6, { volatility: 900 });
    const point = dyingAt("publish/stored");
    const dying = stewardPorts(world, { point });
    await stewardRound(request(6), dying).catch(() => undefined);
    await bringDays(world, 1, { volatility: 100 });
    const ports = stewardPorts(world);
    const begun = await unfinishedLook(ports);
    expect(begun).to.deep.equal(request(6));
    await expectCode(stewardRound(request(6), ports), "chain/refused");
    expect(await unfinishedLook(ports)).to.equal(undefined);
    expect(world.dao.changes).to.deep.equal([]);
  });

  it("asks the DAO where a bound has been in the way, once, and only with votes", async () => {
    world.dao.limits["guard-threshold"] = {
      ...world.dao.limits["guard-threshold"],
      high: 5_000,
    };
    const others = ["odds-sensitivity", "epoch-cadence"] as const;
    for (const slot of others)
      world.dao.limits[slot] = { ...world.dao.limits[slot], step: 0 };
    await bringDays(world, 12, { volatility: 900 });
    const poor = await stewardRound(request(12), stewardPorts(world));
    expect(poor.decision).to.include({ kind: "propose", to: 5_250 });
    expect(poor.outcome).to.deep.equal({
      kind: "waiting",
      why: "too-few-votes",
    });
    world.dao.votes = 2n;
    const { outcome } = await stewardRound(request(12), stewardPorts(world));
    expect(outcome).to.include({ kind: "proposed", id: "1" });
    const [proposal] = world.dao.proposals;
    expect(proposal?.calls.map(({ target }) => target)).to.deep.equal([
      at("1"),
      at("1"),
    ]);
    expect(proposal?.description).to.match(/^# Move guard-threshold /);
    const twice = await stewardRound(request(12), stewardPorts(world));
    expect(twice.outcome).to.deep.equal({
      kind: "waiting",
      why: "asked-before",
    });
    expect(world.dao.proposals).to.have.length(1);
  });

  it("shows what it would do, and leaves no trace of it", async () => {
    await bringDays(world, 6, { volatility: 900 });
    const { decision } = await previewLook(rulesPolicy, stewardPorts(world));
    expect(decision).to.include({ kind: "change", slot: "guard-threshold" });
    expect(sentIn(world)).to.deep.equal([]);
    expect(world.store.runs).to.deep.equal([]);
  });

  it("says where the steward's key is not, or its policy has changed", async () => {
    await bringDays(world, 6);
    const ports = stewardPorts(world);
    const keyless = {
      ...ports,
      chain: { ...ports.chain, signsFor: async () => false },
    };
    await expectCode(stewardRound(request(6), keyless), "steward/no-key");
    const old = { name: "rules", version: 99, round: 6 };
    await expectCode(stewardRound(old, ports), "steward/other-version");
    await stewardRound(request(6), ports);
    const once = { once: true };
    await expectCode(
      stewardRound(request(6), ports, once),
      "steward/already-looked",
    );
  });
});
