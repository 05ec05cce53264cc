import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { tokenId } from "../../../../offchain/kernel/ids.ts";
import { unfinishedEvolution } from "../../../../offchain/loop/evolve.ts";
import { evolveStream } from "../../../../offchain/loop/evolve-stream.ts";
import type { EvolveReport } from "../../../../offchain/loop/evolve-task.ts";
import type { Recipe } from "../../../../offchain/loop/recipe.ts";
import { Crash } from "../../../kit/crash.ts";
import {
  dyingWith,
  expectSoundEpoch,
  finishEpoch,
} from "../../../kit/evolving.ts";
import { fakeChain } from "../../../kit/fake-chain.ts";
import { startWorld, type FakeWorld } from "../../../kit/fake-world.ts";
import { mintableRecipe } from "../../../kit/recipe-fixture.ts";
import { expectCode } from "../../../kit/rejection.ts";

describe("evolving, interrupted", () => {
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
  const holder = "0x11" as const;
  const finish = (round: number) => finishEpoch(world, round);
  const expectSound = (epoch: number) => expectSoundEpoch(world, epoch);

  it("does everything once, whichever boundary the process dies at", async function () {
    // Some sixty runs.
    this.timeout(600_000);
    await world.mint(2);
    await world.mint(1);
    const labels: string[] = [];
    const first = await world.bring(90);
    await world.evolve(first.round, (label) => labels.push(label));
    const boundaries = [...new Set(labels.map(general))];
    expect(boundaries).to.include.members([
      "*/snapshot/stored",
      "*/render/worked",
      "file/*.png/renamed",
      "*/place/begun",
      "*/pack/begun",
      "file/*.car/synced",
      "file/*.car/renamed",
      "*/pack/worked",
      "*/read-back/stored",
      "*/check/worked",
      "*/keep/worked",
      "*/evolve/begun",
      "*/evolve/outbox",
      "*/evolve/mined",
      "*/evolve/worked",
      "*/learn/worked",
      "run/finished",
    ]);
    let epochs = 1;
    for (const boundary of boundaries) {
      if (boundary === "run/finished") continue;
      // Calm and storm by turns, so that something is painted each time.
      const { round } = await world.bring(
        epochs % 2 === 0 ? 95 - epochs : -95 + epochs,
      );
      let crashed = false;
      const dying = await world.evolve(round, (label) => {
        if (crashed || general(label) !== boundary) return;
        crashed = true;
        throw new Crash(label);
      });
      // Only a picture need not be written in every round: its state may have come before.
      if (boundary.endsWith(".png/synced") || boundary.endsWith(".png/renamed"))
        expect(dying === "crashed").to.equal(crashed);
      else expect(dying, boundary).to.equal("crashed");
      epochs += 1;
      if (crashed) {
        const ports = world.ports();
        expect((await unfinishedEvolution(ports))?.round).to.equal(round);
        await ports.close();
        const report = await finish(round);
        expect(report, boundary).to.include({ resumed: true, epoch: epochs });
      }
      expect(world.ledger.epochs.length, boundary).to.equal(epochs);
      expect(world.ledger.epochs.at(-1)?.round, boundary).to.equal(round);
    }
    for (const epoch of [1, 2, epochs - 1, epochs]) await expectSound(epoch);
    expect(
      world.journal.runs.every(({ state }) => state === "finished"),
    ).to.equal(true);
    const names = await readdir(world.folder, { recursive: true });
    expect(names.filter((name) => /\.part(ial)?$/.test(name))).to.deep.equal(
      [],
    );
  });

  it("loses nothing when another publisher was faster", async () => {
    await world.mint(4);
    for (const index of [0, 1, 2, 3])
      await chain().attune(
        { holder, token: `${tokenId(1, index)}`, act: 3 },
        key(),
      );
    const { round } = await world.bring(0);
    const label = /\/evolve\/outbox$/;
    const foreign = `0x${"fe".repeat(32)}` as const;
    const ports = (at: RegExp) => (passed: string) => {
      if (at.test(passed) && world.ledger.epochs.length === 0)
        world.ledger.epochs.push({
          epoch: 1,
          root: foreign,
          round,
          covered: 1,
          time: 1,
          voided: false,
        });
    };
    await expectCode(
      world.evolve(round, ports(label)),
      "evolve/already-published",
    );
    expect(world.journal.runs.at(-1)?.state).to.equal("aborted");
    const painted = world.painted();
    // The same states again: their pictures are there, though no epoch of ours has them.
    const report = await finish((await world.bring(0)).round);
    expect(report).to.include({ epoch: 2, painted: 4 });
    expect(world.painted() - painted).to.equal(report.verified.length);
    await expectSound(2);
  });

  it("goes on without its index, its archives or its pictures, to the same root", async () => {
    await world.mint(3);
    await finish((await world.bring(60)).round);
    await finish((await world.bring(-60)).round);
    const cars = join(world.folder, "cars");
    const forget = async (test: RegExp): Promise<void> => {
      for (const name of await readdir(cars))
        if (test.test(name)) await rm(join(cars, name));
    };
    const pictures = async (): Promise<void> => {
      await rm(join(world.folder, "out"), { recursive: true, force: true });
    };
    await forget(/states\.sqlite/);
    await pictures();
    const before = world.painted();
    const learned = await finish((await world.bring(-60)).round);
    expect(world.painted() - before).to.equal(
      learned.painted + learned.verified.length,
    );
    await expectSound(3);

    await forget(/sqlite/);
    await pictures();
    await finish((await world.bring(10)).round);
    await expectSound(4);

    await forget(/./);
    await pictures();
    const whole = await finish((await world.bring(10)).round);
    expect(whole.painted).to.equal(3);
    await expectSound(5);
  });

  it("learns from epochs that stand, and not from one that was taken back", async () => {
    await world.mint(1);
    await chain().attune({ holder, token: `${tokenId(1, 0)}`, act: 3 }, key());
    const forgetful = async (): Promise<EvolveReport> => {
      const cars = join(world.folder, "cars");
      for (const name of await readdir(cars))
        if (name.startsWith("states.")) await rm(join(cars, name));
      await rm(join(world.folder, "out"), { recursive: true });
      return finish((await world.bring(0)).round);
    };
    expect((await finish((await world.bring(0)).round)).painted).to.equal(1);
    expect((await forgetful()).painted).to.equal(0);
    await chain().voidEpoch(1, key());
    await chain().voidEpoch(2, key());
    expect((await forgetful()).painted).to.equal(1);
    await expectSound(3);
    // An index that knows it all is of no use where no archive holds it.
    const cars = join(world.folder, "cars");
    for (const name of await readdir(cars))
      if (name.endsWith(".car")) await rm(join(cars, name));
    const again = await finish((await world.bring(0)).round);
    expect(again).to.include({ painted: 1, linked: 0 });
    await expectSound(4);
  });

  it("derives a batch again whose archive is damaged", async () => {
    await world.mint(2);
    const cars = join(world.folder, "cars");
    const [car = ""] = (await readdir(cars)).filter((name) =>
      name.endsWith(".car"),
    );
    await writeFile(join(cars, car), "damaged");
    const report = await finish((await world.bring(50)).round);
    expect(report.painted).to.equal(2);
    await expectSound(1);
  });

  it("sends nothing while the archive is away, and goes on when it is back", async () => {
    await world.mint(1);
    const { round } = await world.bring(90);
    await world.evolve(round, (label) => {
      if (label.endsWith("/read-back/stored")) throw new Crash(label);
    });
    const car = join(world.folder, "out", `round-${round}.car`);
    await rename(car, `${car}.away`);
    await expectCode(world.evolve(round), "evolve/archive-missing");
    await rename(`${car}.away`, car);
    expect((await finish(round)).resumed).to.equal(true);
    await expectSound(1);
  });

  it("streams rounds as they come, what was interrupted first", async () => {
    await world.mint(1);
    const first = await world.bring(20);
    expect(
      await world.evolve(first.round, dyingWith(/\/keep\/stored$/)),
    ).to.equal("crashed");
    const ports = world.ports();
    let waits = 0;
    const waiting = {
      async pause() {
        waits += 1;
        await world.bring(20 + 10 * waits);
      },
    };
    const rounds: number[] = [];
    const all = { ...ports, waiting };
    for await (const { round } of evolveStream(
      join(world.folder, "out"),
      all,
    )) {
      rounds.push(round);
      if (rounds.length === 3) break;
    }
    expect(rounds).to.deep.equal([1, 2, 3]);
    expect(waits).to.equal(2);
    await ports.close();
    const stop = AbortSignal.abort(new Error("stop"));
    const stream = evolveStream("out", all, { signal: stop });
    const ended = await stream.next().catch((error: unknown) => error);
    expect(ended).to.equal(stop.reason);
  });
});

/** Rounds, marks, run numbers and works differ from run to run. */
function general(label: string): string {
  return label
    .replace(/^(evolve-\d+\/)?round-\d+-0x[0-9a-f]+/, "*")
    .replace(/^file\/.*\.png/, "file/*.png")
    .replace(/^file\/.*\.car/, "file/*.car");
}
