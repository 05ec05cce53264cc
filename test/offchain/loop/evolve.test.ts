import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { tokenId } from "../../../offchain/kernel/ids.ts";
import { evolve, unfinishedEvolution } from "../../../offchain/loop/evolve.ts";
import type { EvolveReport } from "../../../offchain/loop/evolve-task.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { epochLayers } from "../../../offchain/loop/verify-epoch.ts";
import { Crash } from "../../kit/crash.ts";
import { expectSoundEpoch, finishEpoch } from "../../kit/evolving.ts";
import { fakeChain } from "../../kit/fake-chain.ts";
import { startWorld, type FakeWorld } from "../../kit/fake-world.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("evolving", () => {
  let world: FakeWorld;
  let recipe: Recipe;
  let once: number;

  before(async () => {
    recipe = await mintableRecipe();
  });
  beforeEach(async () => {
    world = await startWorld([recipe]);
    once = 0;
  });
  afterEach(() => world.close());

  const key = () => ({ key: `act-${++once}` });
  const chain = () => fakeChain(world.ledger);
  const finish = (round: number) => finishEpoch(world, round);
  const expectSound = (epoch: number) => expectSoundEpoch(world, epoch);

  it("publishes what a stranger rebuilds from the chain and the recipe", async () => {
    await world.mint(3);
    await world.mint(2);
    const { round } = await world.bring(60);
    const before = world.painted();
    const report = await finish(round);
    expect(report).to.include({ epoch: 1, round, works: 5, batches: 2 });
    expect(report.evolved).to.be.above(0);
    expect(report.painted).to.equal(report.evolved);
    expect(report.verified.length).to.be.within(1, 3);
    expect(world.painted() - before).to.equal(
      report.painted + report.verified.length,
    );
    await expectSound(1);
    const uri = await chain().tokenURI(tokenId(2, 1));
    expect(uri).to.equal(`ipfs://${report.root}/2/2000001.json`);
  });

  it("reads the chain once the round's block is settled, wherever it lies then", async () => {
    await world.mint(2);
    const { round, block } = await world.bring(60);
    const waited: number[] = [];
    const ports = world.ports();
    const moving = {
      ...ports.chain,
      async reachSettled(number: number) {
        // A reorganisation mines the round again, a block later.
        if (waited.push(number) === 1) {
          const told = world.ledger.rounds.at(-1);
          if (told !== undefined)
            world.ledger.rounds.splice(-1, 1, { ...told, block: block + 1 });
          world.ledger.height = block + 1;
        }
        return ports.chain.reachSettled(number);
      },
    };
    const request = { round, out: join(world.folder, "moved") };
    await evolve(request, { ...ports, chain: moving });
    expect(waited).to.deep.equal([block, block + 1]);
    expect(world.ledger.height).to.be.greaterThan(block + 1);
    await ports.close();
    await expectSound(1);
  });

  it("paints and writes only what changed, and finds states that come back", async () => {
    await world.mint(4);
    await world.mint(4);
    const reports: EvolveReport[] = [];
    // A market as at the opening moves nothing: the second epoch is the first one again.
    for (const level of [0, 0, 70, 70, 0])
      reports.push(await finish((await world.bring(level)).round));
    const [first, second, third] = reports;
    expect(first).to.include({ evolved: 0, painted: 0, linked: 0 });
    expect(second).to.include({ painted: 0, linked: 2, blocksWritten: 1 });
    expect(second?.root).to.equal(first?.root);
    expect(third?.painted).to.equal(third?.evolved);
    expect(third?.painted).to.be.above(0);
    for (const epoch of reports.keys()) await expectSound(epoch + 1);
    // What was painted once is not painted for a later epoch, void or not.
    await chain().voidEpoch(3, key());
    const seen = new Set<string>();
    const ports = world.ports();
    for (const epoch of reports.keys()) {
      const layers = await epochLayers(ports, epoch + 1);
      const { root } = await ports.chain.epochAt(epoch + 1);
      for (const batch of [1, 2])
        for (const { cid } of (
          await layers?.list(root, `${batch}/images`)
        )?.values() ?? [])
          seen.add(cid);
      await layers?.close();
    }
    await ports.close();
    const painted = reports.reduce((sum, one) => sum + one.painted, 0);
    expect(seen.size).to.equal(8 + painted);
  });

  it("says so when the round is an epoch already, covers nothing, or is none", async () => {
    const none = await world.bring(10);
    await expectCode(world.evolve(none.round), "evolve/nothing-covered");
    await world.mint(2);
    const { round } = await world.bring(20);
    await finish(round);
    await expectCode(world.evolve(round), "evolve/already-published");
    await expectCode(world.evolve(none.round), "evolve/overtaken");
    await expectCode(world.evolve(99), "epoch/no-round");
    const ports = world.ports();
    expect(await unfinishedEvolution(ports)).to.equal(undefined);
    await ports.close();
    expect(world.ledger.epochs.length).to.equal(1);
  });

  it("sends nothing that a sample cannot rebuild", async () => {
    await world.mint(1);
    const { round } = await world.bring(90);
    const dying = await world.evolve(round, (label) => {
      if (label.endsWith("/render/stored")) throw new Crash(label);
    });
    expect(dying).to.equal("crashed");
    const out = join(world.folder, "out");
    const [shelf = ""] = await readdir(out);
    const [picture = ""] = await readdir(join(out, shelf));
    await writeFile(join(out, shelf, picture), "another picture");
    await expectCode(world.evolve(round), "evolve/sample-differs");
    expect(world.ledger.epochs).to.deep.equal([]);
    await rm(join(out, shelf), { recursive: true });
    expect(await finish(round)).to.include({ epoch: 1, resumed: false });
    await expectSound(1);
  });
});
