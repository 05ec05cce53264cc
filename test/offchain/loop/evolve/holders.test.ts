import { rm } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { tokenId } from "../../../../offchain/kernel/ids.ts";
import type { Recipe } from "../../../../offchain/loop/recipe.ts";
import { readEpochFacts } from "../../../../offchain/loop/epoch-facts.ts";
import {
  epochLayers,
  verifyEpochFromChain,
} from "../../../../offchain/loop/verify-epoch.ts";
import { expectSoundEpoch, finishEpoch } from "../../../kit/evolving.ts";
import { fakeChain } from "../../../kit/fake-chain.ts";
import { startWorld, type FakeWorld } from "../../../kit/fake-world.ts";
import { mintableRecipe } from "../../../kit/recipe-fixture.ts";
import { expectCode } from "../../../kit/rejection.ts";

describe("evolving what holders turned, pinned and burned", () => {
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
});
