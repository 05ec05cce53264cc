import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CarReader } from "@ipld/car";
import { expect } from "chai";
import { CID } from "multiformats/cid";

import { createFolderTarget } from "../../../offchain/adapters/pins-folder.ts";
import { openStoreBlocks } from "../../../offchain/adapters/store-blocks.ts";
import { RetryableError } from "../../../offchain/kernel/errors.ts";
import { tokenId } from "../../../offchain/kernel/ids.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import {
  diagnose,
  type Diagnosis,
  type DoctorPorts,
} from "../../../offchain/loop/doctor.ts";
import type { PublicGateway } from "../../../offchain/loop/doctor-gateways.ts";
import { rebuildArchive } from "../../../offchain/loop/doctor-rebuild.ts";
import { repair, type Mending } from "../../../offchain/loop/doctor-repair.ts";
import type { PinTarget } from "../../../offchain/loop/ports-pins.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { missingBlock } from "../../../offchain/publishing/car-reader.ts";
import { createCarWriter } from "../../../offchain/publishing/car-writer.ts";
import { digestToCid, type Block } from "../../../offchain/publishing/cid.ts";
import { memoryOutput } from "../../kit/car-bytes.ts";
import { fakeChain, type FakeLedger } from "../../kit/fake-chain.ts";
import { startWorld, type FakeWorld } from "../../kit/fake-world.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";

describe("loop/doctor", () => {
  let world: FakeWorld;
  let recipe: Recipe;
  /** Archives of the store in the order in which they were published, as they were at the beginning. */
  const sound = new Map<string, Uint8Array>();
  let ledger: Omit<FakeLedger, "sent">;
  let roots: { batch: string; other: string; epoch: string; second: string };
  let elsewhere: PinTarget;

  const cars = (): string => join(world.folder, "cars");
  const carOf = (cid: string): string => join(cars(), `${cid}.car`);
  const there = (): string => join(world.folder, "elsewhere");

  before(async () => {
    recipe = await mintableRecipe();
    world = await startWorld([recipe]);
    await world.mint(3);
    await world.mint(2);
    for (const [i, level] of [60, -80].entries()) {
      await world.bring(level);
      await world.evolve(i + 1);
    }
    const [batch, other, epoch, second] = [
      ...world.ledger.sealed,
      ...world.ledger.epochs,
    ].map(({ root }) => digestToCid(root).toString());
    roots = { batch, other, epoch, second } as typeof roots;
    for (const cid of Object.values(roots))
      sound.set(cid, await readFile(carOf(cid)));
    elsewhere = createFolderTarget({
      name: "folder:elsewhere",
      folder: there(),
    });
    await mkdir(there());
    ledger = structuredClone({ ...world.ledger, sent: undefined });
  });
  beforeEach(async () => {
    for (const folder of [cars(), there()]) {
      for (const name of await readdir(folder))
        if (name.endsWith(".car")) await rm(join(folder, name));
      for (const [cid, bytes] of sound)
        await writeFile(join(folder, `${cid}.car`), bytes);
    }
    const { sealed, epochs, opened, height } = structuredClone(ledger);
    world.ledger.sealed.splice(0, Infinity, ...sealed);
    world.ledger.epochs.splice(0, Infinity, ...epochs);
    world.ledger.opened.splice(0, Infinity, ...opened);
    Object.assign(world.ledger, { height, contractURI: "" });
  });
  after(() => world.close());

  interface Asked {
    readonly places?: readonly PinTarget[];
    readonly gateways?: readonly PublicGateway[];
    readonly tokens?: readonly bigint[];
    readonly chain?: Partial<Chain>;
    readonly mend?: boolean;
  }

  /** Looks, and mends if asked to; then looks again. */
  async function visit({
    places = [elsewhere],
    gateways = [],
    tokens,
    chain = {},
    mend = false,
  }: Asked = {}): Promise<
    Diagnosis & { readonly mendings: readonly Mending[] }
  > {
    const own = world.ports();
    const store = openStoreBlocks(cars());
    const ports: DoctorPorts = {
      ...own,
      chain: { ...own.chain, ...chain },
      store,
      local: createFolderTarget({ name: "local", folder: cars() }),
      places,
      gateways,
    };
    try {
      const first = await diagnose({ tokens }, ports);
      if (!mend) return { ...first, mendings: [] };
      const mendings = await repair(first, {
        ...ports,
        archives: own.archives,
        pathOf: carOf,
        rebuild: (archive, into) =>
          rebuildArchive({ ...own, recipes: [recipe] }, archive, into),
      });
      return { ...(await diagnose({ tokens }, ports)), mendings };
    } finally {
      await store.close();
      await own.close();
    }
  }

  const brief = ({ findings }: Diagnosis): string[] =>
    findings.map(
      ({ kind, subject, target }) =>
        `${kind} ${subject}${target === null ? "" : ` at ${target}`}`,
    );
  const told = ({ mendings }: { mendings: readonly Mending[] }): string[] =>
    mendings.map(
      ({ name, target, from }) => `${name} at ${target} from ${from}`,
    );

  async function damage(path: string, at = 0.5): Promise<void> {
    const bytes = await readFile(path);
    const place = Math.floor(bytes.length * at);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    // Another file under the name: the store links what it keeps.
    await rm(path);
    await writeFile(path, bytes);
  }

  async function expectSoundStore(): Promise<void> {
    for (const [cid, bytes] of sound)
      expect((await readFile(carOf(cid))).equals(bytes), cid).to.equal(true);
  }

  it("finds nothing where all agree", async () => {
    const found = await visit({ mend: true });
    expect(found.findings).to.deep.equal([]);
    expect(found.mendings).to.deep.equal([]);
    expect(found.places).to.deep.equal(["local", "folder:elsewhere"]);
    expect(found.archives.map(({ name }) => name)).to.deep.equal([
      "batch 1",
      "batch 2",
      "recipe 1",
      "epoch 1",
      "epoch 2",
    ]);
    for (const { at } of found.archives)
      expect(Object.values(at)).to.deep.equal(["whole", "whole"]);
    expect(found.tokens).to.deep.equal({ followed: 5, found: 5 });
  });

  it("finds a pin that was lost, and pins again", async () => {
    await rm(join(there(), `${roots.other}.car`));
    await rm(join(there(), `${roots.epoch}.car`));
    expect(brief(await visit())).to.deep.equal([
      "not-pinned batch 2 at folder:elsewhere",
      "not-pinned epoch 1 at folder:elsewhere",
    ]);
    const mended = await visit({ mend: true });
    expect(told(mended)).to.deep.equal([
      "batch 2 at folder:elsewhere from local",
      "epoch 1 at folder:elsewhere from local",
    ]);
    expect(mended.findings).to.deep.equal([]);
  });

  it("finds damaged files of the store wherever they are damaged, and takes them from a place", async () => {
    const cids = Object.values(roots);
    for (const [i, cid] of cids.entries())
      await damage(carOf(cid), 0.2 + 0.2 * i);
    expect(brief(await visit())).to.include.members([
      "damaged batch 1 at local",
      "damaged batch 2 at local",
      "damaged epoch 1 at local",
      "damaged epoch 2 at local",
    ]);
    const mended = await visit({ mend: true });
    expect(told(mended)).to.deep.equal([
      "batch 1 at local from folder:elsewhere",
      "batch 2 at local from folder:elsewhere",
      "epoch 1 at local from folder:elsewhere",
      "epoch 2 at local from folder:elsewhere",
    ]);
    expect(mended.findings).to.deep.equal([]);
    await expectSoundStore();
  });

  it("makes again from the chain what nobody has, byte for byte", async () => {
    for (const folder of [cars(), there()])
      for (const name of await readdir(folder))
        if (name.endsWith(".car")) await rm(join(folder, name));
    const lost = await visit();
    expect(lost.tokens).to.deep.equal({ followed: 5, found: 0 });
    expect(brief(lost)).to.have.length(10);
    const mended = await visit({ mend: true });
    expect(mended.findings).to.deep.equal([]);
    expect(told(mended)).to.include.members([
      "batch 1 at local from chain",
      "epoch 2 at local from chain",
      "epoch 2 at folder:elsewhere from local",
    ]);
    expect(mended.tokens.found).to.equal(5);
    await expectSoundStore();
  });

  it("needs no store to see that a place is sound, and fills the store from it", async () => {
    for (const cid of sound.keys()) await rm(carOf(cid));
    const found = await visit();
    expect(brief(found)).to.deep.equal(
      ["batch 1", "batch 2", "recipe 1", "epoch 1", "epoch 2"].map(
        (name) => `missing ${name} at local`,
      ),
    );
    expect(found.tokens).to.deep.equal({ followed: 5, found: 5 });
    expect((await visit({ mend: true })).findings).to.deep.equal([]);
    await expectSoundStore();
  });

  it("finds places that say they hold what they do not give", async () => {
    const of = (read: PinTarget["read"]): PinTarget => ({
      ...elsewhere,
      name: "liar",
      holds: async () => true,
      read,
    });
    async function* changed(
      cid: string,
      change: (bytes: Buffer) => Buffer,
    ): AsyncGenerator<Uint8Array> {
      yield change(Buffer.from(sound.get(cid) ?? new Uint8Array()));
    }
    const all = async (place: PinTarget): Promise<Set<string>> =>
      new Set(
        (await visit({ places: [place] })).findings
          .filter(({ target }) => target === "liar")
          .map(({ kind }) => kind),
      );
    const flipped = of((cid) =>
      changed(cid, (bytes) =>
        Buffer.concat([
          bytes.subarray(0, -1),
          Buffer.from([(bytes.at(-1) ?? 0) ^ 1]),
        ]),
      ),
    );
    expect(await all(flipped)).to.deep.equal(new Set(["damaged"]));
    expect(
      await all(of((cid) => changed(cid, (bytes) => bytes.subarray(0, -1)))),
    ).to.deep.equal(new Set(["damaged"]));
    expect(
      await all(of(() => changed(roots.batch, (bytes) => bytes))),
    ).to.deep.equal(new Set(["damaged"]));
    const rootOnly = async function* (cid: string): AsyncGenerator<Uint8Array> {
      if (!sound.has(cid)) return;
      const reader = await CarReader.fromBytes(
        sound.get(cid) ?? new Uint8Array(),
      );
      const block = await reader.get(CID.parse(cid));
      const output = memoryOutput();
      const writer = await createCarWriter(output);
      if (block !== undefined) await writer.put(block as Block);
      await writer.finish(CID.parse(cid));
      yield output.bytes();
    };
    const bare = await visit({ places: [of(rootOnly)] });
    expect(brief(bare)).to.include("missing batch 1 at liar");
    const away = of(async function* () {
      yield new Uint8Array(1);
      throw new RetryableError("pins/unreachable", "It is `away`; wait.");
    });
    expect(await all(away)).to.deep.equal(new Set(["unreachable"]));
  });

  it("tells what it could not mend, and mends the rest", async () => {
    await rm(join(there(), `${roots.batch}.car`));
    await damage(carOf(roots.other));
    const full: PinTarget = {
      ...elsewhere,
      put: async () => {
        throw new RetryableError("pins/unreachable", "It is `full`; wait.");
      },
    };
    const left = await visit({ places: [full], mend: true });
    expect(
      left.mendings.map(({ name, from, why }) => [
        name,
        from,
        why?.split(":")[0],
      ]),
    ).to.deep.equal([
      ["batch 1", null, "pins/unreachable"],
      ["batch 2", "folder:elsewhere", undefined],
    ]);
    expect(brief(left)).to.deep.equal([
      "not-pinned batch 1 at folder:elsewhere",
    ]);
  });

  it("follows the addresses that the contract really gives", async () => {
    const id = tokenId(1, 1);
    const asChain = fakeChain(world.ledger);
    const says = async (uri: string): Promise<string[]> =>
      brief(
        await visit({
          chain: {
            tokenURI: async (token) =>
              token === id ? uri : asChain.tokenURI(token),
          },
        }),
      );
    const right = `ipfs://${roots.batch}/${id}.json`;
    expect(await says(right)).to.deep.equal([]);
    for (const wrong of [
      "",
      "https://example.org/1.json",
      right.replace(".json", ".txt"),
      `ipfs://${roots.other}/${id}.json`,
      right.replace(`${id}.`, "1000000."),
    ])
      expect(await says(wrong), wrong).to.deep.equal([`wrong-uri token ${id}`]);
  });

  it("holds metadata to the chain", async () => {
    const asChain = fakeChain(world.ledger);
    const other = {
      blockByNumber: async (number: number) => ({
        ...(await asChain.blockByNumber(number)),
        mixHash: `0x${"77".repeat(32)}` as const,
      }),
    };
    const found = await visit({
      chain: other,
      tokens: [tokenId(1, 0), tokenId(2, 1)],
    });
    expect(brief(found)).to.deep.equal([
      "bad-metadata token 1000000",
      "bad-metadata token 2000001",
    ]);
    expect(found.findings[0]?.why).to.contain("seed");
    expect(found.tokens).to.deep.equal({ followed: 2, found: 0 });
  });

  it("finds batches that nothing can seal any more", async () => {
    const asChain = fakeChain(world.ledger);
    await asChain.openBatch(
      {
        to: `0x${"11".repeat(20)}`,
        recipe: recipe.id,
        count: 1,
        conditions: world.ledger.opened[0]?.conditions ?? "0x",
      },
      { key: "late" },
    );
    expect(brief(await visit())).to.deep.equal([]);
    world.ledger.height += 2_000;
    expect(brief(await visit())).to.deep.equal(["open-batch batch 3"]);
  });

  it("finds what the journal counts as done and the chain has lost", async () => {
    const [sealed, epoch] = [
      world.ledger.sealed.pop(),
      world.ledger.epochs.pop(),
    ];
    expect([sealed, epoch]).not.to.include(undefined);
    expect(brief(await visit({ tokens: [] }))).to.deep.equal([
      "journal-disagrees batch 2",
      "journal-disagrees epoch 2",
    ]);
  });

  it("looks at the collection's own metadata where it lies in IPFS", async () => {
    const about = async (uri: string): Promise<string[]> => {
      world.ledger.contractURI = uri;
      return brief(await visit({ places: [] }));
    };
    expect(await about("https://example.org/collection.json")).to.deep.equal(
      [],
    );
    expect(await about(`ipfs://${roots.batch}/1000000.json`)).to.deep.equal([]);
    expect(await about(`ipfs://${roots.batch}/hashes.json`)).to.deep.equal([
      "bad-metadata collection",
    ]);
    expect(await about(`ipfs://${roots.batch}/nothing.json`)).to.deep.equal([
      "wrong-uri collection",
    ]);
    expect(
      await about("ipfs://QmfM2r8seH2GiRaC4esTjeraXEachRt8ZsSeGaWTPLyMoG"),
    ).to.deep.equal(["wrong-uri collection"]);
    expect(
      await about(
        "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
      ),
    ).to.deep.equal(["missing collection at local"]);
  });

  it("fetches works from gateways of others, and believes none", async () => {
    const store = openStoreBlocks(cars());
    const gateway = (
      name: string,
      get: PublicGateway["get"],
    ): PublicGateway => ({ name, get });
    const gateways = [
      gateway("good", (cid) => store.get(cid)),
      gateway("empty", (cid) => {
        throw missingBlock(cid.toString());
      }),
      gateway("liar", async (cid) => (await store.get(cid)).toReversed()),
    ];
    const id = tokenId(2, 0);
    expect(brief(await visit({ gateways, tokens: [id] }))).to.deep.equal([
      `missing token ${id} at empty`,
      `damaged token ${id} at liar`,
    ]);
    // One of each batch where none is named.
    expect(brief(await visit({ gateways }))).to.have.length(4);
    await store.close();
  });
});
