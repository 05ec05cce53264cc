import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { tokenId } from "../../../offchain/kernel/ids.ts";
import { unfinishedEvolution } from "../../../offchain/loop/evolve.ts";
import { evolveStream } from "../../../offchain/loop/evolve-stream.ts";
import type { EvolveReport } from "../../../offchain/loop/evolve-task.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { readEpochFacts } from "../../../offchain/loop/epoch-facts.ts";
import { rebuildEpoch } from "../../../offchain/loop/rebuild-epoch.ts";
import {
  epochLayers,
  verifyEpochFromChain,
} from "../../../offchain/loop/verify-epoch.ts";
import { Crash, dyingAt } from "../../kit/crash.ts";
import { RetryableError } from "../../../offchain/kernel/errors.ts";
import {
  chainData,
  createLedger,
  fakeChain,
  ledgerOf,
} from "../../kit/fake-chain.ts";
import { startWorld, type FakeWorld } from "../../kit/fake-world.ts";
import { startLocalChain } from "../../kit/local-chain.ts";
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
  const holder = "0x11" as const;

  async function finish(round: number): Promise<EvolveReport> {
    const report = await world.evolve(round);
    if (report === "crashed") throw new Error("nothing crashes here");
    return report;
  }

  /** The epoch is what a stranger rebuilds, and every work is at its path in the archives. */
  async function expectSound(epoch: number): Promise<void> {
    const ports = world.ports();
    const view = await ports.chain.epochAt(epoch);
    const facts = await readEpochFacts(ports.chain, view.round);
    const rebuilt = await rebuildEpoch(ports, facts);
    expect(rebuilt.digest).to.equal(view.root);
    const layers = await epochLayers(ports, epoch);
    if (layers === undefined) throw new Error("no archive");
    for (const { id, imageCid, metadataCid } of rebuilt.works) {
      const batch = id / 1_000_000n;
      const files = await layers.list(view.root, `${batch}`);
      const images = await layers.list(view.root, `${batch}/images`);
      expect(files.get(`${id}.json`)?.cid).to.equal(metadataCid);
      expect(images.get(`${id}.png`)?.cid).to.equal(imageCid);
      await layers.read(view.root, `${batch}/images/${id}.png`);
    }
    await layers.close();
    await ports.close();
  }

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

  it("leaves out what is burned, and a batch that is burned whole", async () => {
    await world.mint(2);
    await world.mint(1);
    const burn = (token: bigint) =>
      chain().burn({ holder, token: `${token}` }, key());
    await burn(tokenId(1, 0));
    await burn(tokenId(2, 0));
    const { round } = await world.bring(60);
    await burn(tokenId(1, 1));
    const report = await finish(round);
    expect(report).to.include({ works: 1, batches: 1 });
    await expectSound(1);
    const ports = world.ports();
    await expectCode(
      verifyEpochFromChain(ports, { token: tokenId(2, 0), epoch: 1 }),
      "verify/not-covered",
    );
    await ports.close();
  });

  it("shows a pinned work as it was, through any row of pins", async () => {
    await world.mint(3);
    const pin = (index: number, epoch: number | undefined) =>
      chain().pin({ holder, token: `${tokenId(1, index)}`, epoch }, key());
    await finish((await world.bring(80)).round);
    await pin(0, 1);
    await pin(1, 0);
    await finish((await world.bring(-80)).round);
    await pin(2, 2);
    await pin(0, undefined);
    await pin(1, 2);
    await finish((await world.bring(40)).round);
    for (const epoch of [1, 2, 3]) await expectSound(epoch);
    const ports = world.ports();
    const filesAt = async (index: number, epoch: number) => {
      const layers = await epochLayers(ports, epoch);
      const { root } = await ports.chain.epochAt(epoch);
      try {
        return await layers?.cidOf(root, `1/${tokenId(1, index)}.json`);
      } finally {
        await layers?.close();
      }
    };
    expect(await filesAt(0, 2)).to.equal(await filesAt(0, 1));
    expect(await filesAt(2, 3)).to.equal(await filesAt(2, 2));
    // Pinned to an epoch at which it was pinned to genesis.
    const genesis = await ports.archives.find(
      (await ports.chain.batchOf(1)).root,
    );
    expect(await filesAt(1, 3)).to.equal(await genesis?.cidOf("1000001.json"));
    await genesis?.close();
    await ports.close();
  });

  it("counts acts up to the round's block, and none after", async () => {
    await world.mint(2);
    const turn = (index: number) =>
      chain().attune({ holder, token: `${tokenId(1, index)}`, act: 3 }, key());
    await turn(0);
    const { round } = await world.bring(5);
    await turn(1);
    await finish(round);
    await expectSound(1);
    const ports = world.ports();
    for (const [index, steps] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const verdict = await verifyEpochFromChain(ports, {
        token: tokenId(1, index),
        epoch: 1,
      });
      expect(verdict.match).to.equal(true);
      const facts = await readEpochFacts(ports.chain, round);
      expect(
        facts.dialsAt(`${tokenId(1, index)}`, facts.round.block).warmth,
      ).to.equal(steps);
    }
    await ports.close();
  });

  it("evolves batches of several recipes, and says which is missing", async () => {
    const second = await mintableRecipe({ another: "table" });
    await world.close();
    world = await startWorld([recipe, second]);
    await world.mint(2);
    await world.mint(2, second);
    await finish((await world.bring(50)).round);
    await expectSound(1);
    await world.close();

    world = await startWorld([recipe]);
    await world.mint(1);
    await world.mint(1, second);
    // Its archive holds it.
    const { round } = await world.bring(50);
    await finish(round);
    await expectSound(1);
    await rm(join(world.folder, "cars"), { recursive: true });
    await expectCode(
      world.evolve((await world.bring(20)).round),
      "recipe/unknown",
    );
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

describe("evolving over a node that dies", () => {
  it("goes on with the same root, whatever landed on the chain meanwhile", async () => {
    const recipe = await mintableRecipe();
    const ledger = createLedger();
    let dead = false;
    const world = await startWorld([recipe], (own) => {
      const chain = fakeChain(ledger, own);
      return {
        ...chain,
        evolve: (evolving, once) =>
          dead
            ? Promise.reject(
                new RetryableError("chain/unreachable", "The node is dead."),
              )
            : chain.evolve(evolving, once),
      };
    });
    try {
      await world.mint(2);
      const { round } = await world.bring(80);
      dead = true;
      await expectCode(world.evolve(round), "chain/unreachable");
      expect(world.journal.runs.at(-1)?.state).to.equal("open");
      const painted = world.painted();
      // A batch sealed, a work turned, pinned and burned between packing and sending: none of it is the round's.
      await world.mint(1);
      const [holder, token] = ["0x11", `${tokenId(1, 0)}`] as const;
      const chain = fakeChain(ledger);
      await chain.attune({ holder, token, act: 1 }, { key: "attune" });
      await chain.pin({ holder, token, epoch: 0 }, { key: "pin" });
      await chain.burn({ holder, token: `${tokenId(1, 1)}` }, { key: "burn" });
      dead = false;
      const report = await world.evolve(round);
      if (report === "crashed") throw new Error("nothing crashes here");
      expect(report).to.include({ resumed: true, works: 2, epoch: 1 });
      expect(world.painted()).to.equal(painted);
      const ports = world.ports();
      const facts = await readEpochFacts(ports.chain, round);
      const rebuilt = await rebuildEpoch(ports, facts);
      expect(rebuilt.digest).to.equal(ledger.epochs[0]?.root);
      await ports.close();
    } finally {
      await world.close();
    }
  });
});

describe("evolving on a chain", () => {
  it("sends one transaction a round, wherever the process dies around it", async function () {
    this.timeout(300_000);
    const recipe = await mintableRecipe();
    const local = await startLocalChain();
    await local.chain().registerRecipe(recipe.id, { key: "register" });
    const world = await startWorld([recipe], (own) => local.chain(own));
    const chain = local.chain();
    try {
      await world.mint(2);
      await world.mint(1);
      await chain.reachBlock((await chain.height()) + 1);
      let epochs = 0;
      for (const label of [
        /\/keep\/stored$/,
        /\/evolve\/outbox$/,
        /\/evolve\/sent$/,
        /\/evolve\/mined$/,
        /\/evolve\/worked$/,
        /\/learn\/begun$/,
      ]) {
        const { round } = await world.bring(epochs % 2 === 0 ? 90 : -90);
        expect(
          await world.evolve(round, dyingWith(label)),
          `${label}`,
        ).to.equal("crashed");
        const report = await world.evolve(round);
        if (report === "crashed") throw new Error("nothing crashes here");
        epochs += 1;
        expect(report, `${label}`).to.include({ resumed: true, epoch: epochs });
        expect((await chain.epochs()).count).to.equal(epochs);
        const uri = await chain.tokenURI(tokenId(2, 0));
        expect(uri).to.equal(`ipfs://${report.root}/2/2000000.json`);
      }
      const ports = world.ports();
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const at = { token: tokenId(1, 1), epoch };
        const verdict = await verifyEpochFromChain(ports, at);
        expect(verdict.match, `epoch ${epoch}`).to.equal(true);
      }
      // What a stranger reads of this chain is enough.
      const data = fakeChain(ledgerOf(await chainData(chain)));
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const { root, round } = await chain.epochAt(epoch);
        const facts = await readEpochFacts(data, round);
        const rebuilt = await rebuildEpoch({ ...ports, chain: data }, facts);
        expect(rebuilt.digest).to.equal(root);
      }
      await ports.close();
      await expectCode(
        world.evolve((await chain.rounds()).length),
        "evolve/already-published",
      );
    } finally {
      await world.close();
      await local.close();
    }
  });
});

function dyingWith(pattern: RegExp) {
  return (label: string): void => {
    if (pattern.test(label)) dyingAt(label)(label);
  };
}

/** Rounds, marks, run numbers and works differ from run to run. */
function general(label: string): string {
  return label
    .replace(/^(evolve-\d+\/)?round-\d+-0x[0-9a-f]+/, "*")
    .replace(/^file\/.*\.png/, "file/*.png")
    .replace(/^file\/.*\.car/, "file/*.car");
}
