import { stateKey, type WorkState } from "../generator/evolution/state.ts";
import type { Hex } from "../kernel/bytes.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { createEpochPacker } from "../publishing/epoch.ts";
import { fileLink } from "../publishing/unixfs-file.ts";
import type { AssembledToken } from "./assemble.ts";
import {
  createGenesisSource,
  type EpochPorts,
  type GenesisSource,
} from "./epoch-ports.ts";
import type { EpochFacts } from "./epoch-facts.ts";
import {
  metadataOf,
  pictureOf,
  type GenesisBatch,
  type GenesisWork,
} from "./epoch-genesis.ts";
import { stateRule } from "./epoch-states.ts";
import { aheadInOrder } from "./in-order.ts";
import type { WorkFiles } from "./ports-states.ts";

/** A rebuild is for its root; the blocks themselves are not needed. */
const NOWHERE: CarSink = {
  put: () => undefined,
  finish: () => Promise.resolve(),
  abort: () => Promise.resolve(),
};

/** A work of a rebuilt epoch. */
export interface RebuiltWork extends AssembledToken {
  readonly state: WorkState;
}

/** An epoch made again from the chain and the recipes alone. */
export interface RebuiltEpoch {
  readonly digest: Hex;
  /** The same as a CID. */
  readonly root: string;
  /** In the order of the batches' sealing, then of their ids. */
  readonly works: readonly RebuiltWork[];
}

/** What one rebuild leaves for the next: batches derived, states painted. Nothing in it comes from a file. */
export interface Rebuilding {
  readonly genesis: GenesisSource;
  /** By token, then by state. */
  readonly painted: Map<bigint, Map<string, WorkFiles>>;
}

/** A beginning from nothing. */
export function startRebuilding(ports: EpochPorts): Rebuilding {
  return { genesis: createGenesisSource(ports), painted: new Map() };
}

/**
 * Rebuilds a whole epoch, as a stranger would: works chosen again, states computed again, every picture painted again.
 * @throws FatalError `recipe/unknown` if a batch was made with a recipe that nobody here has.
 */
export async function rebuildEpoch(
  ports: EpochPorts,
  facts: EpochFacts,
  rebuilding: Rebuilding = startRebuilding(ports),
): Promise<RebuiltEpoch> {
  const packer = createEpochPacker({
    sink: NOWHERE,
    held: () => false,
    hash: ports.hash,
  });
  const works: RebuiltWork[] = [];
  for (const covered of facts.batches) {
    const batch = await rebuilding.genesis(covered);
    const state = stateRule(facts, covered, batch.conditions);
    const living = batch.works.filter(({ id }) => !facts.burned.has(`${id}`));
    if (living.length === 0) continue;
    const made = aheadInOrder(
      living,
      2 * batch.workshop.pool.workers,
      async (work) => {
        const own = state(work.id, work.digest);
        const files = await paintedOnce(rebuilding, batch, work, own);
        return { id: work.id, state: own, ...files };
      },
    );
    const entries = [];
    for await (const entry of made) {
      entries.push(entry);
      ports.progress.stage(
        `rebuild (batch ${batch.batch})`,
        entries.length,
        living.length,
      );
    }
    await packer.addBatch(batch.batch, entries);
    for (const { id, state: own, image, metadata } of entries)
      works.push({
        id,
        state: own,
        imageCid: image.cid,
        metadataCid: metadata.cid,
      });
  }
  const { digest, root } = await packer.finish();
  return { digest, root, works };
}

async function paintedOnce(
  { painted }: Rebuilding,
  batch: GenesisBatch,
  work: GenesisWork,
  state: WorkState,
): Promise<WorkFiles> {
  const own = painted.get(work.id) ?? new Map<string, WorkFiles>();
  painted.set(work.id, own);
  const known = own.get(stateKey(state));
  if (known !== undefined) return known;
  const files = await paintFiles(batch, work, state);
  own.set(stateKey(state), files);
  return files;
}

/** Paints a work in a state and tells what its two files are. */
export async function paintFiles(
  batch: Omit<GenesisBatch, "works">,
  work: Omit<GenesisWork, "files">,
  state: WorkState,
): Promise<WorkFiles> {
  const key = pictureOf(batch, work, state);
  const image = await fileLink(
    await batch.workshop.pool.paint(key, batch.size),
  );
  const metadata = await fileLink(metadataOf(batch, work, state, image.cid));
  return { image, metadata };
}
