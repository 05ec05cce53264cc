import { join } from "node:path";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../offchain/adapters/car-archives.ts";
import { governanceCodec } from "../../offchain/adapters/governance-codec.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../offchain/kernel/observation.ts";
import type { Chain, CollectionView } from "../../offchain/loop/chain.ts";
import { noPoint, type Point } from "../../offchain/loop/journal.ts";
import type { StewardPorts } from "../../offchain/loop/steward-ports.ts";
import type { OwnSale } from "../../offchain/market/reading.ts";
import { policyNamed } from "../../offchain/steward/policies.ts";
import { createLedger, fakeChain, type FakeLedger } from "./fake-chain.ts";
import { createDaoLedger, fakeBox, type DaoLedger } from "./fake-box.ts";
import { at } from "./governed.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "./memory-journal.ts";

const DAY = 86_400;
/** Block 0 of a chain that makes one block a day. */
const GENESIS = 1_700_006_400;

/** A chain, a DAO and a journal in memory: what outlives a process. */
export interface StewardWorld {
  readonly folder: string;
  readonly ledger: FakeLedger;
  readonly dao: DaoLedger;
  readonly store: MemoryStore;
  readonly sales: OwnSale[];
}

/** A world in which nothing has happened yet. */
export function createStewardWorld(folder: string): StewardWorld {
  const ledger = createLedger();
  const dao = createDaoLedger(() => {
    const newest = ledger.rounds.at(-1);
    return { round: newest?.round ?? 0, time: timeOf(newest?.block ?? 0) };
  });
  return { folder, ledger, dao, store: createMemoryStore(), sales: [] };
}

/** When a block of such a chain was made. */
export function timeOf(block: number): number {
  return GENESIS + block * DAY;
}

/** Brings a round a day, with so many sales at so much (ether) in each, and lets the DAO's clock follow. */
export async function bringDays(
  world: StewardWorld,
  count: number,
  {
    volatility = 400,
    sales = 2,
    price = 1,
  }: {
    readonly volatility?: number;
    readonly sales?: number;
    readonly price?: number;
  } = {},
): Promise<void> {
  const chain = fakeChain(world.ledger);
  for (let day = 0; day < count; day++) {
    const time = timeOf(world.ledger.height);
    const observation = packObservation({
      ...NEUTRAL_OBSERVATION,
      present: {
        ...NEUTRAL_OBSERVATION.present,
        change: true,
        volatility: true,
      },
      volatility,
      time,
    });
    for (let i = 0; i < sales; i++)
      world.sales.push({
        time: time + i,
        price: BigInt(Math.round(price * 1_000)) * 10n ** 15n,
        buyer: `buyer ${world.sales.length}`,
        seller: "seller",
        token: `${world.sales.length}`,
      });
    await chain.bringRound(observation, { key: `day/${world.ledger.height}` });
  }
  world.dao.time = timeOf(world.ledger.height) + 60;
}

/** A process of the steward in that world, which may die at a point. */
export function stewardPorts(
  world: StewardWorld,
  { point = noPoint }: { readonly point?: Point } = {},
): StewardPorts & { readonly notes: string[] } {
  const notes: string[] = [];
  const plain = fakeChain(world.ledger, { point });
  const chain: Chain = {
    ...plain,
    blockByNumber: async (number) => ({
      ...(await plain.blockByNumber(number)),
      timestamp: timeOf(number),
    }),
    collectionView: async () =>
      ({ name: "Loop", jobs: {} }) as unknown as CollectionView,
  };
  return {
    chain,
    governance: fakeBox(world.dao, { point }),
    journal: openMemoryJournal({ store: world.store, point }),
    archives: createCarArchives({ store: join(world.folder, "store") }),
    hash: nativeSha256,
    pins: async () => [],
    codec: governanceCodec,
    targets: { look: async () => ({ kind: "contract" }) },
    registry: at("6"),
    policy: policyNamed,
    sales: async () => world.sales,
    car: (reasons) => join(world.folder, `reasons-${reasons}.car`),
    progress: { stage: () => {}, note: (said) => void notes.push(said) },
    notes,
  };
}

/** What was sent to the DAO so far, by what it was for. */
export function sentIn({ dao }: StewardWorld): string[] {
  return [...dao.sent.keys()].map((key) => key.replace(/^.*\//, ""));
}

/** Reasons that a call of the ledger names. */
export function reasonsIn({ dao }: StewardWorld): readonly Hex[] {
  return dao.changes.map(({ reasons }) => reasons);
}
