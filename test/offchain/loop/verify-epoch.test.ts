import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { tokenId } from "../../../offchain/kernel/ids.ts";
import type { EvolveReport } from "../../../offchain/loop/evolve-task.ts";
import type { Layers } from "../../../offchain/loop/ports-archive.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import {
  epochLayers,
  verifyEpochFromChain,
  verifyEpochInArchive,
  type EpochVerdict,
} from "../../../offchain/loop/verify-epoch.ts";
import { epochPaths } from "../../../offchain/publishing/paths.ts";
import { fakeChain } from "../../kit/fake-chain.ts";
import { startWorld, type FakeWorld } from "../../kit/fake-world.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("loop/verify-epoch", () => {
  let world: FakeWorld;
  let recipe: Recipe;
  let ports: ReturnType<FakeWorld["ports"]>;

  before(async () => {
    recipe = await mintableRecipe();
  });
  beforeEach(async () => {
    world = await startWorld([recipe]);
    ports = world.ports();
  });
  afterEach(async () => {
    await ports.close();
    await world.close();
  });

  const cars = (): string => join(world.folder, "cars");

  async function evolve(level: number): Promise<EvolveReport> {
    const report = await world.evolve((await world.bring(level)).round);
    if (report === "crashed") throw new Error("nothing crashes here");
    return report;
  }

  async function inArchive(
    token: bigint,
    epoch: number,
    paths: readonly string[] = [],
  ): Promise<EpochVerdict> {
    const layers = await epochLayers(ports, epoch, paths);
    if (layers === undefined) throw new Error("no archive");
    try {
      return await verifyEpochInArchive(ports, { token, epoch }, layers);
    } finally {
      await layers.close();
    }
  }

  it("rebuilds every work at every epoch, from the archives and from the chain alike", async () => {
    await world.mint(2);
    await world.mint(1);
    for (const level of [80, -80]) await evolve(level);
    for (const token of [tokenId(1, 0), tokenId(1, 1), tokenId(2, 0)])
      for (const epoch of [1, 2]) {
        const near = await inArchive(token, epoch);
        const far = await verifyEpochFromChain(ports, { token, epoch });
        for (const verdict of [near, far])
          expect(verdict).to.include({
            tokenId: `${token}`,
            match: true,
            voided: false,
            epoch,
            round: epoch,
          });
        expect([near.mode, far.mode]).to.deep.equal(["archive", "chain"]);
        expect(near.computed).to.deep.equal(far.computed);
        expect(near.state).to.deep.equal(far.state);
        expect(near.expected.tokenURI).to.equal(
          await ports.chain.tokenURIAt(token, epoch),
        );
      }
  });

  it("tells the root of another epoch from the right one, and what a buyer sees once it is void", async () => {
    await world.mint(2);
    const good = await evolve(70);
    const other = await evolve(-70);
    const chain = fakeChain(world.ledger);
    const liar = await world.bring(30);
    await chain.evolve(
      { root: good.digest, round: liar.round },
      { key: "mad publisher" },
    );
    const token = tokenId(1, 0);
    expect((await inArchive(token, 3)).match).to.equal(false);
    const far = await verifyEpochFromChain(ports, { token, epoch: 3 });
    expect(far.match).to.equal(false);
    expect(far.differs).to.include.members(["root", "tokenURI"]);
    expect(await chain.tokenURI(token)).to.equal(
      `ipfs://${good.root}/1/1000000.json`,
    );

    await chain.voidEpoch(3, { key: "void" });
    expect(await chain.tokenURI(token)).to.equal(
      `ipfs://${other.root}/1/1000000.json`,
    );
    expect(await verifyEpochFromChain(ports, { token, epoch: 3 })).to.include({
      voided: true,
      match: false,
    });
    // What comes next builds upon what is sound.
    await evolve(0);
    expect((await inArchive(token, 4)).match).to.equal(true);
    expect(
      (await verifyEpochFromChain(ports, { token, epoch: 4 })).match,
    ).to.equal(true);
  });

  it("finds no archive where none is, and takes one that is given", async () => {
    await world.mint(2);
    const { car } = await evolve(60);
    for (const name of await readdir(cars())) await rm(join(cars(), name));
    expect(await epochLayers(ports, 1)).to.equal(undefined);
    const token = tokenId(1, 1);
    // The genesis batch is not needed: its hashes are derived again.
    const given = await epochLayers(ports, 1, [car]);
    expect(given).to.not.equal(undefined);
    await given?.close();
    expect((await inArchive(token, 1, [car])).match).to.equal(true);
    expect(
      (await verifyEpochFromChain(ports, { token, epoch: 1 })).match,
    ).to.equal(true);
  });

  it("refuses a file that an archive holds altered", async () => {
    await world.mint(1);
    const { root, digest } = await evolve(90);
    const token = tokenId(1, 0);
    const place = join(cars(), `${root}.car`);
    const bytes = new Uint8Array(await readFile(place));
    const layers = await epochLayers(ports, 1);
    const picture = await layers?.read(digest, epochPaths(token).image);
    await layers?.close();
    const at = Buffer.from(bytes).indexOf(Buffer.from(picture ?? []));
    expect(at).to.be.above(0);
    await rm(place);
    await writeFile(place, bytes.with(at, (bytes[at] ?? 0) ^ 1));
    await expectCode(inArchive(token, 1), "publishing/cid-mismatch");
  });

  it("says of a work that is not in the epoch that it is not, and of no epoch that it is none", async () => {
    await world.mint(2);
    const chain = fakeChain(world.ledger);
    const burned = tokenId(1, 1);
    await chain.burn({ holder: "0x11", token: `${burned}` }, { key: "burn" });
    await evolve(50);
    await world.mint(1);
    const young = tokenId(2, 0);
    for (const token of [burned, young]) {
      const at = { token, epoch: 1 };
      await expectCode(verifyEpochFromChain(ports, at), "verify/not-covered");
      await expectCode(inArchive(token, 1), "verify/not-covered");
    }
    const far = { token: tokenId(1, 0), epoch: 2 };
    await expectCode(verifyEpochFromChain(ports, far), "chain/no-epoch");
    const none: Promise<Layers | undefined> = epochLayers(ports, 2);
    await expectCode(none, "chain/no-epoch");
  });
});
