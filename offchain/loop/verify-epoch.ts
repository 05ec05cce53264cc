import type { WorkState } from "../generator/evolution/state.ts";
import { digestToCid } from "../publishing/cid.ts";
import { epochPaths, epochUri } from "../publishing/paths.ts";
import type { EpochView } from "./chain.ts";
import {
  collectionRoots,
  readEpochFacts,
  type EpochFacts,
} from "./epoch-facts.ts";
import type { EpochPorts } from "./epoch-ports.ts";
import type { Layers } from "./ports-archive.ts";
import { rebuildEpoch, type Rebuilding } from "./rebuild-epoch.ts";
import { coveredBatch, rebuildWork } from "./rebuild-work.ts";
import { verdict, type TokenFacts, type TokenVerdict } from "./verify-token.ts";

/** A work at an epoch. */
export interface WorkAtEpoch {
  readonly token: bigint;
  readonly epoch: number;
}

/** The outcome of verifying one work at one epoch. */
export interface EpochVerdict extends TokenVerdict {
  readonly epoch: number;
  readonly round: number;
  /** Whether the epoch was taken back: it is shown no more, and can be verified still. */
  readonly voided: boolean;
  /** What the work is there, by channel; undefined where the epoch rebuilt without it. */
  readonly state: WorkState | undefined;
}

/**
 * The archives of the collection as one, or undefined if none of them holds the epoch's root.
 * @param paths archives that are not in the local store.
 */
export async function epochLayers(
  { chain, archives }: Pick<EpochPorts, "chain" | "archives">,
  epoch: number,
  paths: readonly string[] = [],
): Promise<Layers | undefined> {
  const { root } = await chain.epochAt(epoch);
  const layers = await archives.layers({
    roots: await collectionRoots(chain),
    paths,
  });
  if (layers.holds(digestToCid(root).toString())) return layers;
  await layers.close();
  return undefined;
}

/**
 * Rebuilds one work as it is at an epoch, and compares it with the epoch's own files, whose every block is hash-checked up to the
 * root on the chain, whichever archive it lies in.
 * @throws FatalError `verify/not-covered` if the epoch does not show the work; `publishing/*` if a file is missing or altered.
 */
export async function verifyEpochInArchive(
  ports: EpochPorts,
  { token, epoch }: WorkAtEpoch,
  layers: Layers,
): Promise<EpochVerdict> {
  const { view, facts } = await epochFacts(ports, epoch);
  const rebuilt = await rebuildWork(ports, facts, token, layers);
  const expected = await expectedFacts(ports, token, view);
  const paths = epochPaths(token);
  for (const path of Object.values(paths)) await layers.read(view.root, path);
  const compared = verdict(token, "archive", {
    expected: {
      ...expected,
      imageCid: await layers.cidOf(view.root, paths.image),
      metadataCid: await layers.cidOf(view.root, paths.metadata),
    },
    computed: {
      ...expected,
      tokenURI: epochUri(view.root, token),
      imageCid: rebuilt.imageCid,
      metadataCid: rebuilt.metadataCid,
    },
  });
  return { ...compared, ...told(view), state: rebuilt.state };
}

/**
 * Rebuilds the whole epoch from the chain and the recipes alone; no file of the collection is trusted or needed.
 * @throws FatalError `verify/not-covered`, `recipe/unknown`.
 */
export async function verifyEpochFromChain(
  ports: EpochPorts,
  { token, epoch }: WorkAtEpoch,
  rebuilding?: Rebuilding,
): Promise<EpochVerdict> {
  const { view, facts } = await epochFacts(ports, epoch);
  coveredBatch(facts, token);
  const rebuilt = await rebuildEpoch(ports, facts, rebuilding);
  const expected = await expectedFacts(ports, token, view);
  const own = rebuilt.works.find(({ id }) => id === token);
  const files = {
    imageCid: own?.imageCid ?? null,
    metadataCid: own?.metadataCid ?? null,
  };
  const compared = verdict(token, "chain", {
    // The root commits to every file below it: equal roots are equal pictures, so there is nothing weaker to compare.
    expected:
      rebuilt.digest === view.root ? { ...expected, ...files } : expected,
    computed: {
      root: rebuilt.root,
      tokenURI: epochUri(rebuilt.digest, token),
      ...files,
    },
  });
  return { ...compared, ...told(view), state: own?.state };
}

async function epochFacts(
  { chain }: EpochPorts,
  epoch: number,
): Promise<{ readonly view: EpochView; readonly facts: EpochFacts }> {
  const view = await chain.epochAt(epoch);
  return { view, facts: await readEpochFacts(chain, view.round) };
}

async function expectedFacts(
  { chain }: EpochPorts,
  token: bigint,
  { epoch, root, voided }: EpochView,
): Promise<TokenFacts> {
  return {
    // What was taken back is shown nowhere; its files can be verified all the same.
    tokenURI: voided
      ? epochUri(root, token)
      : await chain.tokenURIAt(token, epoch),
    root: digestToCid(root).toString(),
    imageCid: null,
    metadataCid: null,
  };
}

function told({
  epoch,
  round,
  voided,
}: EpochView): Pick<EpochVerdict, "epoch" | "round" | "voided"> {
  return { epoch, round, voided };
}
