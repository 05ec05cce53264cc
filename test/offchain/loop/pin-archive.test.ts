import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { archiveFile } from "../../../offchain/adapters/car-sending.ts";
import { createKuboTarget } from "../../../offchain/adapters/pins-kubo.ts";
import {
  FatalError,
  isLoopError,
  RetryableError,
  type LoopError,
} from "../../../offchain/kernel/errors.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { mint } from "../../../offchain/loop/mint.ts";
import { pinArchive } from "../../../offchain/loop/pin-archive.ts";
import type {
  ArchiveFile,
  PinTarget,
} from "../../../offchain/loop/ports-pins.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import {
  createLedger,
  fakeChain,
  type FakeLedger,
} from "../../kit/fake-chain.ts";
import { PIN_FAULTS, type PinFault } from "../../kit/failing-pins.ts";
import {
  CONDITIONS,
  HOLDER,
  startWorld,
  type FakeWorld,
} from "../../kit/fake-world.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { gather } from "../../kit/gather.ts";
import { startKubo } from "../../kit/kubo-server.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { sendable } from "../../kit/sendable.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

/** A place in memory, which a test can make do wrong. */
interface Memory extends PinTarget {
  readonly held: Map<string, Uint8Array[]>;
  /** What was asked of it. */
  readonly asked: string[];
  gives: (pieces: Uint8Array[]) => Uint8Array[];
}

function memory(name = "memory"): Memory {
  const held = new Map<string, Uint8Array[]>();
  const asked: string[] = [];
  const place: Memory = {
    name,
    held,
    asked,
    gives: (pieces) => pieces,
    async holds(root) {
      asked.push("holds");
      return held.has(root);
    },
    async put(archive) {
      asked.push("put");
      held.set(archive.root, await gather(archive.stream()));
    },
    async *read(root) {
      asked.push("read");
      const pieces = held.get(root);
      if (pieces === undefined)
        throw new FatalError("pins/not-held", "It has no such thing.");
      yield* place.gives(pieces);
    },
  };
  return place;
}

describe("loop/pin-archive", () => {
  let recipe: Recipe;
  let folder: string;
  let archive: ArchiveFile;
  before(async () => {
    recipe = await mintableRecipe();
    folder = await mkdtemp(join(tmpdir(), "loop-pin-"));
    archive = await sendable(folder, { a: patterned(1_500_000, 1) });
  });
  after(() => rm(folder, { recursive: true }));

  const pinTo = (...targets: PinTarget[]) =>
    pinArchive(
      {
        targets,
        archives: { file: archiveFile },
        progress: { stage: () => {}, note: () => {} },
        hash: nativeSha256,
      },
      { path: archive.path, part: false },
    );

  it("sends an archive to every place that has it not, and reads it back from all", async () => {
    const [one, other] = [memory("one"), memory("other")];
    await other.put(archive);
    const { root, count: blocks, size: bytes } = archive;
    expect(await pinTo(one, other)).to.deep.equal([
      { target: "one", root, blocks, bytes },
      { target: "other", root, blocks, bytes },
    ]);
    expect(one.asked).to.deep.equal(["holds", "put", "read"]);
    expect(other.asked).to.deep.equal(["put", "holds", "read"]);
  });

  it("sends once more what comes back wrong, and then gives up", async () => {
    const place = memory();
    const spoil = (pieces: Uint8Array[]): Uint8Array[] => pieces.slice(0, -1);
    place.gives = (pieces) => {
      place.gives = (sound) => sound;
      return spoil(pieces);
    };
    await pinTo(place);
    const again = ["holds", "put", "read", "put", "read"];
    expect(place.asked).to.deep.equal(again);
    const bad = memory();
    bad.gives = spoil;
    const { cause } = await expectCode(pinTo(bad), "pins/not-held");
    expect(isLoopError(cause, "publishing/car-truncated")).to.equal(true);
    expect(bad.asked).to.deep.equal(again);
  });

  it("reads again what was cut off, some times", async () => {
    const place = memory();
    let cuts = 0;
    place.gives = (pieces) => {
      if (cuts++ < 2)
        throw new RetryableError("pins/unreachable", "It was cut off.");
      return pieces;
    };
    await pinTo(place);
    const thrice = ["holds", "put", "read", "read", "read"];
    expect(place.asked).to.deep.equal(thrice);
    const broken = memory();
    broken.gives = () => {
      throw new RetryableError("pins/unreachable", "It was cut off.");
    };
    await expectCode(pinTo(broken), "pins/unreachable");
    expect(broken.asked).to.deep.equal(thrice);
  });

  describe("in front of a sealing", () => {
    let ledger: FakeLedger;
    let world: FakeWorld;
    let open: boolean;
    beforeEach(async () => {
      ledger = createLedger();
      open = false;
      const chain = (own: Parameters<typeof fakeChain>[1]): Chain => {
        const fake = fakeChain(ledger, own);
        return {
          ...fake,
          instance: async () => ({
            ...(await fake.instance()),
            development: !open,
          }),
        };
      };
      world = await startWorld([recipe], chain);
    });
    afterEach(() => world.close());

    it("opens nothing on a public chain where no place is named", async () => {
      open = true;
      await expectCode(world.mint(1), "pins/none-configured");
      expect(ledger.opened).to.deep.equal([]);
      expect(world.journal.runs).to.deep.equal([]);
      world.places.push(memory());
      expect(await world.mint(1)).to.equal(1);
    });

    it("publishes no epoch that a place does not hold", async () => {
      const place = memory();
      world.places.push(place);
      await world.mint(2);
      const { round } = await world.bring(40);
      place.gives = (pieces) => pieces.slice(0, -1);
      await expectCode(world.evolve(round), "pins/not-held");
      expect(ledger.epochs).to.deep.equal([]);
      place.gives = (pieces) => pieces;
      const report = await world.evolve(round);
      if (report === "crashed") throw new Error("nothing crashes here");
      expect(report.pins.map(({ root }) => root)).to.deep.equal([report.root]);
      open = true;
      world.places.length = 0;
      await expectCode(world.evolve(round + 1), "pins/none-configured");
    });
  });

  describe("over a place that goes wrong", () => {
    const ledger = createLedger();
    let world: FakeWorld;
    before(async () => {
      world = await startWorld([recipe], (own) => fakeChain(ledger, own));
    });
    after(() => world.close());

    /** One and the same run, which each test goes on with: it is opened once, and hangs on what holds its files. */
    async function attempt(target: PinTarget, out = "stuck"): Promise<void> {
      const { close, ...ports } = world.ports();
      const pool = createFakePool();
      const pins = async (): Promise<PinTarget[]> => [target];
      const request = {
        count: 1,
        to: HOLDER,
        conditions: CONDITIONS,
        out: join(world.folder, out),
      };
      try {
        await mint(request, recipe, { ...ports, pool, pins });
      } finally {
        await close();
      }
    }

    const faults: [string, PinFault][] = [
      ...Object.entries<PinFault>(PIN_FAULTS),
      ["pin-error", { does: "cannot pin", ends: ["pins/refused"] }],
      ["disk-full", { does: "has a full disk", ends: ["pins/refused"] }],
    ];
    for (const [name, { does, ends }] of faults) {
      const held = ends === "held";
      it(`${held ? "seals with" : "seals nothing with"} one that ${does}`, async () => {
        const fault = name as keyof typeof PIN_FAULTS;
        const server = await startKubo({ fault });
        const { url } = server;
        const target = createKuboTarget({
          url,
          tries: 3,
          pause: 1,
          quiet: 150,
        });
        const before = ledger.sealed.length;
        try {
          if (held) {
            await attempt(target, name);
            expect(server.pins.size).to.equal(1);
          } else {
            const { code } = await failure(attempt(target));
            expect(ends).to.include(code);
          }
          expect(ledger.sealed.length - before).to.equal(held ? 1 : 0);
        } finally {
          if (fault !== "down") await server.close();
        }
      });
    }

    it("seals with one that works, what all of those held up", async () => {
      const opened = ledger.opened.length;
      const before = ledger.sealed.length;
      await attempt(memory());
      expect(ledger.opened.length).to.equal(opened);
      expect(ledger.sealed.length).to.equal(before + 1);
    });
  });

  it("sends nothing twice in a run that goes on, but asks whether it is still there", async () => {
    const world = await startWorld([recipe]);
    const place = memory();
    world.places.push(place);
    try {
      await world.mint(1);
      const { round } = await world.bring(0);
      const crashed = await world
        .evolve(round, (label) => {
          if (label.endsWith("/outbox")) throw new Error("it dies here");
        })
        .catch(() => "crashed");
      expect(crashed).to.equal("crashed");
      const sent = place.asked.filter((what) => what === "put").length;
      place.asked.length = 0;
      await world.evolve(round);
      expect(place.asked).to.deep.equal(["holds"]);
      expect(sent).to.equal(2);
    } finally {
      await world.close();
    }
  });
});

async function failure(work: Promise<unknown>): Promise<LoopError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isLoopError(error)) return error;
  throw new Error(`no error of ours: ${String(error)}`);
}
