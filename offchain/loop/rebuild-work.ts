import type { WorkState } from "../generator/evolution/state.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { BATCH_PATHS } from "../publishing/paths.ts";
import { parseHashes } from "../publishing/transcript.ts";
import { acceptedOf, digestOf, type DerivePorts } from "./derive.ts";
import type { CoveredBatch, EpochFacts } from "./epoch-facts.ts";
import { readGenesis } from "./epoch-genesis.ts";
import { batchPorts, type EpochPorts } from "./epoch-ports.ts";
import { stateRule } from "./epoch-states.ts";
import type { Layers } from "./ports-archive.ts";
import { paintFiles } from "./rebuild-epoch.ts";
import { proveWork } from "./verify-token.ts";

/** One work as the chain and its recipe say it must be at the round of the facts. */
export interface RebuiltFiles {
  readonly state: WorkState;
  readonly imageCid: string;
  readonly metadataCid: string;
}

/**
 * Chooses one work again, computes its state, paints it and writes its metadata.
 * @param layers archives that may tell the perceptual hashes of its batch; without, the batch is derived again.
 * @throws FatalError `verify/not-covered`.
 */
export async function rebuildWork(
  ports: EpochPorts,
  facts: EpochFacts,
  token: bigint,
  layers?: Layers,
): Promise<RebuiltFiles> {
  const covered = coveredBatch(facts, token);
  const own = await batchPorts(ports, covered);
  const hashes = await hashesOf(own, covered, layers);
  const { fixed, observation, work } = await proveWork(own, token, hashes);
  const { traits, attempt } = acceptedOf(work);
  const digest = digestOf(work);
  const state = stateRule(facts, covered, fixed.conditions)(token, digest);
  const batch = {
    ...covered,
    workshop: own,
    seed: toHex(fixed.seed),
    conditions: fixed.conditions,
    observation,
    size: 2 ** observation.sizeLog2,
  };
  const { index } = work;
  const genesis = { id: token, index, digest, traits, attempt };
  const { image, metadata } = await paintFiles(batch, genesis, state);
  return { state, imageCid: image.cid, metadataCid: metadata.cid };
}

async function hashesOf(
  ports: DerivePorts,
  covered: CoveredBatch,
  layers: Layers | undefined,
): Promise<readonly Hex[]> {
  try {
    if (layers !== undefined)
      return parseHashes(await layers.read(covered.root, BATCH_PATHS.hashes))
        .hashes;
  } catch (error) {
    if (!isLoopError(error) || !error.code.startsWith("publishing/"))
      throw error;
  }
  const derived = new Map<number, readonly Hex[]>();
  await readGenesis({ ...ports, derived }, covered);
  return derived.get(covered.batch) ?? [];
}

/**
 * The batch of a work that the facts show.
 * @throws FatalError `verify/not-covered` if it was sealed after the round, or burned before it.
 */
export function coveredBatch(facts: EpochFacts, token: bigint): CoveredBatch {
  const { batch } = splitTokenId(token);
  const covered = facts.batches.find((one) => BigInt(one.batch) === batch);
  if (covered !== undefined && !facts.burned.has(`${token}`)) return covered;
  throw new FatalError(
    "verify/not-covered",
    `Token \`${token}\` is not in an epoch of round ${facts.round.round}: it was sealed or burned around it; verify it at another epoch, or at genesis.`,
  );
}
