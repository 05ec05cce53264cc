import {
  isGenesis,
  stateKey,
  type WorkState,
} from "../generator/evolution/state.ts";
import type { Hex } from "../kernel/bytes.ts";
import type { Link } from "../publishing/unixfs-file.ts";
import type { EpochFacts } from "./epoch-facts.ts";
import type { GenesisBatch, GenesisWork } from "./epoch-genesis.ts";
import type { GenesisSource } from "./epoch-ports.ts";
import { stateRule } from "./epoch-states.ts";
import type { EpochCounts } from "./evolve-task.ts";
import { hashInput } from "./journal.ts";
import type { Layers } from "./ports-archive.ts";
import type { StateIndex, WorkFiles } from "./ports-states.ts";

/** One work of an epoch. */
export interface PlannedWork {
  readonly work: GenesisWork;
  readonly state: WorkState;
  /** Its files, if they were painted before and an archive holds them. */
  readonly files: WorkFiles | undefined;
}

/** One batch of an epoch: its living works. */
export interface PlannedBatch {
  readonly batch: GenesisBatch;
  /** What tells the states of its living works apart. */
  readonly signature: Hex;
  /** Its directory, if it was built before and an archive holds it; then the works' files are not looked for. */
  readonly directory: Link | undefined;
  readonly works: readonly PlannedWork[];
}

/** What an epoch is made of. The root follows from the states; what is known already decides only how much is to do. */
export interface EpochPlan {
  readonly batches: readonly PlannedBatch[];
  readonly counts: EpochCounts;
}

/** Computes the state of every work, and finds what was painted before: at genesis, or for an epoch that stood or fell. */
export async function planEpoch(
  facts: EpochFacts,
  {
    genesis,
    layers,
    states,
    onBatch = () => undefined,
  }: {
    readonly genesis: GenesisSource;
    readonly layers: Layers;
    readonly states: StateIndex;
    readonly onBatch?: (done: number) => void;
  },
): Promise<EpochPlan> {
  const batches: PlannedBatch[] = [];
  for (const [i, covered] of facts.batches.entries()) {
    const batch = await genesis(covered);
    const planned = await planBatch(facts, batch, { layers, states });
    if (planned.works.length > 0) batches.push(planned);
    onBatch(i + 1);
  }
  const works = batches.flatMap((batch) => batch.works);
  const fresh = batches
    .filter(({ directory }) => directory === undefined)
    .flatMap((batch) => batch.works)
    .filter(({ files }) => files === undefined);
  return {
    batches,
    counts: {
      works: works.length,
      evolved: works.filter(({ state }) => !isGenesis(state)).length,
      painted: fresh.length,
      batches: batches.length,
      linked: batches.filter(({ directory }) => directory !== undefined).length,
    },
  };
}

async function planBatch(
  facts: EpochFacts,
  batch: GenesisBatch,
  { layers, states }: { readonly layers: Layers; readonly states: StateIndex },
): Promise<PlannedBatch> {
  const rule = stateRule(facts, batch, batch.conditions);
  const living = batch.works
    .filter(({ id }) => !facts.burned.has(`${id}`))
    .map((work) => ({ work, state: rule(work.id, work.digest) }));
  const signature = hashInput(
    living.map(({ work, state }) => [work.index, stateKey(state)]),
  );
  const directory = await states.directory(batch.root, signature);
  if (directory !== undefined && layers.holds(directory.cid)) {
    const works = living.map((one) => ({ ...one, files: undefined }));
    return { batch, signature, directory, works };
  }
  const found = await states.works(
    batch.root,
    living.map(({ work, state }) => ({
      index: work.index,
      state: stateKey(state),
    })),
  );
  const works = living.map(({ work, state }, i) => {
    const files = isGenesis(state) ? (work.files ?? found[i]) : found[i];
    // A file that no archive of the collection holds must be made again, whatever its CID.
    const here =
      files !== undefined &&
      layers.holds(files.image.cid) &&
      layers.holds(files.metadata.cid);
    return { work, state, files: here ? files : undefined };
  });
  return { batch, signature, directory: undefined, works };
}
