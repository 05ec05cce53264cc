import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../offchain/adapters/car-archives.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import { openStateIndex } from "../../offchain/adapters/states-sqlite.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../offchain/kernel/observation.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Chain, RoundEvent } from "../../offchain/loop/chain.ts";
import { evolve } from "../../offchain/loop/evolve.ts";
import type {
  EvolvePorts,
  EvolveReport,
} from "../../offchain/loop/evolve-task.ts";
import {
  noPoint,
  type Journal,
  type Point,
} from "../../offchain/loop/journal.ts";
import { mint } from "../../offchain/loop/mint.ts";
import type { Archives } from "../../offchain/loop/ports-archive.ts";
import type { PinTarget } from "../../offchain/loop/ports-pins.ts";
import type { EnginePool } from "../../offchain/loop/ports-pool.ts";
import type { Recipe } from "../../offchain/loop/recipe.ts";
import { createWorkshops } from "../../offchain/loop/workshop.ts";
import { isCrash } from "./crash.ts";
import { createLedger, fakeChain, type FakeLedger } from "./fake-chain.ts";
import { createFakePool } from "./fake-pool.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "./memory-journal.ts";

/** In memory where the system has such a folder: what syncing costs is not the matter here. */
const SCRATCH = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
/** Owner of every work. */
export const HOLDER: Hex = `0x${"11".repeat(20)}`;

/** Conditions of every batch. */
export const CONDITIONS = packObservation({
  ...NEUTRAL_OBSERVATION,
  sizeLog2: 6,
});

/** A market that has moved so far from the neutral one, -100..100, at this time. */
export function market(level: number, time: number): Hex {
  return packObservation({
    ...NEUTRAL_OBSERVATION,
    present: {
      change: true,
      volatility: true,
      trend: true,
      sentiment: true,
      floor: false,
      volume: false,
    },
    change: 40 * level,
    volatility: 30 * Math.abs(level),
    trend: 120 * level,
    sentiment: 5_000 + 45 * level,
    time,
  });
}

/** A collection on a fake chain, and everything on disk that outlives a process. */
export interface FakeWorld {
  readonly folder: string;
  readonly ledger: FakeLedger;
  readonly journal: MemoryStore;
  /** Places that must hold archives; a test adds some. */
  readonly places: PinTarget[];
  /** Pictures painted so far, by all processes. */
  painted(): number;
  /** The adapters of one process. */
  ports(point?: Point): EvolvePorts & { readonly close: () => Promise<void> };
  mint(count: number, recipe?: Recipe): Promise<number>;
  /** Brings the next round, a day after the last. */
  bring(level: number): Promise<RoundEvent>;
  /** One process that evolves to a round. */
  evolve(round: number, point?: Point): Promise<EvolveReport | "crashed">;
  close(): Promise<void>;
}

/**
 * Starts one with a recipe, the first of those that batches are made with.
 * @param open another chain than the fake one: a process's view of it.
 * @param through what lies between the processes and their archives.
 */
export async function startWorld(
  recipes: readonly [Recipe, ...Recipe[]],
  open?: (with_: { readonly journal: Journal; readonly point: Point }) => Chain,
  through: (archives: Archives) => Archives = (archives) => archives,
): Promise<FakeWorld> {
  const folder = await mkdtemp(join(SCRATCH, "loop-evolve-"));
  const ledger = createLedger();
  const journal = createMemoryStore();
  const places: PinTarget[] = [];
  let [painted, minted] = [0, 0];
  const pool = (): EnginePool => {
    const fake = createFakePool();
    return {
      ...fake,
      paint(key, size) {
        painted += 1;
        return fake.paint(key, size);
      },
    };
  };
  const ports: FakeWorld["ports"] = (point = noPoint) => {
    const archives = through(
      createCarArchives({ store: join(folder, "cars"), point }),
    );
    const states = openStateIndex(join(folder, "cars", "states.sqlite"));
    const opened = openMemoryJournal({ store: journal, point });
    return {
      chain: open?.({ journal: opened, point }) ?? fakeChain(ledger, { point }),
      journal: opened,
      artefacts: createFiles({ point }),
      archives,
      states,
      workshops: createWorkshops({ recipes, archives, pool }),
      progress: { stage: () => {}, note: () => {} },
      clock: { elapsed: () => 0, now: () => new Date(0) },
      hash: nativeSha256,
      pins: async () => places,
      close: () => states.close(),
    };
  };
  return {
    folder,
    ledger,
    journal,
    places,
    painted: () => painted,
    ports,
    async mint(count, recipe = recipes[0]) {
      const own = ports();
      const out = join(folder, `minted-${++minted}`);
      const request = { count, to: HOLDER, conditions: CONDITIONS, out };
      const all = { ...own, pool: createFakePool() };
      const { batches } = await mint(request, recipe, all);
      await own.close();
      return batches[0]?.batch ?? 0;
    },
    async bring(level) {
      const { chain, close } = ports();
      const number = (await chain.rounds()).length + 1;
      const observation = market(level, 1_000 + 86_400 * number);
      const { round } = await chain.bringRound(observation, {
        key: `bring-${number}`,
      });
      await close();
      return round;
    },
    async evolve(round, point) {
      const own = ports(point);
      try {
        return await evolve({ round, out: join(folder, "out") }, own);
      } catch (error) {
        if (isCrash(error)) return "crashed";
        throw error;
      } finally {
        await own.close();
      }
    },
    close: () => rm(folder, { recursive: true }),
  };
}
