import {
  CHANNELS,
  isGenesis,
  type WorkState,
} from "../generator/evolution/state.ts";
import { fromHex, toHex, type Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { tokenId } from "../kernel/ids.ts";
import { unpackObservation, type Observation } from "../kernel/observation.ts";
import { candidateSeed } from "../kernel/seed.ts";
import type { Traits } from "../kernel/traits.ts";
import { metadataBytes } from "../publishing/metadata.ts";
import { BATCH_PATHS, tokenPaths } from "../publishing/paths.ts";
import { parseTranscript } from "../publishing/transcript.ts";
import {
  acceptedOf,
  deriveWorks,
  fixedOnChain,
  type DerivePorts,
  type Fixed,
  type Workshop,
} from "./derive.ts";
import type { PictureKey } from "./engine.ts";
import type { CoveredBatch } from "./epoch-facts.ts";
import type { Layers } from "./ports-archive.ts";
import type { WorkFiles } from "./ports-states.ts";

/** A work as it was minted. */
export interface GenesisWork {
  readonly id: bigint;
  readonly index: number;
  /** H(seed, index, attempt) of the accepted candidate. */
  readonly digest: Uint8Array;
  readonly traits: Traits;
  readonly attempt: number;
  /** Its files, where the batch's archive tells them. */
  readonly files: WorkFiles | undefined;
}

/** A batch as it was minted. */
export interface GenesisBatch extends CoveredBatch {
  readonly workshop: Workshop;
  readonly seed: Hex;
  readonly conditions: Hex;
  readonly observation: Observation;
  /** Side of its pictures, pixels. */
  readonly size: number;
  readonly works: readonly GenesisWork[];
}

/**
 * What a batch was at its genesis: from its archive, hash-checked up to the root on the chain, or derived again where there is none.
 * Either way its perceptual hashes are kept in `ports.derived`.
 */
export async function readGenesis(
  ports: DerivePorts,
  covered: CoveredBatch,
  layers?: Layers,
): Promise<GenesisBatch> {
  const fixed = await fixedOnChain(covered.batch, ports);
  const observation = unpackObservation(fixed.conditions);
  const found = layers && (await inArchive(covered, fixed, layers));
  const { works, hashes } = found ?? (await derived(covered, fixed, ports));
  ports.derived?.set(covered.batch, hashes);
  return {
    ...covered,
    workshop: { recipe: ports.recipe, pool: ports.pool },
    seed: toHex(fixed.seed),
    conditions: fixed.conditions,
    observation,
    size: 2 ** observation.sizeLog2,
    works,
  };
}

interface Found {
  readonly works: readonly GenesisWork[];
  readonly hashes: readonly Hex[];
}

async function inArchive(
  { batch, root }: CoveredBatch,
  { seed, count }: Fixed,
  layers: Layers,
): Promise<Found | undefined> {
  try {
    const bytes = await layers.read(root, BATCH_PATHS.transcript);
    const transcript = parseTranscript(bytes);
    const files = await layers.list(root, "");
    const images = await layers.list(root, "images");
    const works: GenesisWork[] = [];
    const hashes: Hex[] = [];
    for (const {
      index,
      attempt,
      traits,
      hash,
      pass,
    } of transcript.candidates) {
      if (!pass) continue;
      const id = tokenId(batch, index);
      const metadata = files.get(tokenPaths(id).metadata);
      const image = images.get(tokenPaths(id).image.slice("images/".length));
      const digest = candidateSeed(seed, index, attempt);
      works.push({
        id,
        index,
        digest,
        traits,
        attempt,
        files: image && metadata && { image, metadata },
      });
      hashes.push(hash);
    }
    return works.length === count ? { works, hashes } : undefined;
  } catch (error) {
    // A store is a cache: what is not there, or damaged, is derived again.
    if (isLoopError(error) && error.code.startsWith("publishing/"))
      return undefined;
    throw error;
  }
}

async function derived(
  { batch }: CoveredBatch,
  fixed: Fixed,
  ports: DerivePorts,
): Promise<Found> {
  const decided = await deriveWorks(fixed, ports);
  const accepted = decided.map(acceptedOf);
  const works = accepted.map(({ digest, traits, attempt }, index) => ({
    id: tokenId(batch, index),
    index,
    digest: fromHex(digest),
    traits,
    attempt,
    files: undefined,
  }));
  return { works, hashes: accepted.map(({ hash }) => hash) };
}

/** What fixes the picture of a work in a state. */
export function pictureOf(
  { observation }: Pick<GenesisBatch, "observation">,
  { digest, traits }: Pick<GenesisWork, "digest" | "traits">,
  state: WorkState,
): PictureKey {
  const key = { digest, traits, observation };
  // Left out at genesis, so that genesis is painted by the very call that minted it.
  return isGenesis(state) ? key : { ...key, state };
}

/** The metadata of a work in a state; genesis has the bytes that it was minted with. */
export function metadataOf(
  batch: Omit<GenesisBatch, "works" | "workshop" | keyof CoveredBatch> & {
    readonly workshop: Pick<Workshop, "recipe">;
  },
  { id, traits, attempt }: Pick<GenesisWork, "id" | "traits" | "attempt">,
  state: WorkState,
  imageCid: string,
): Uint8Array {
  const { seed, conditions, observation, size } = batch;
  const steps = Object.fromEntries(
    CHANNELS.map((channel) => [channel, state[channel]]),
  );
  return metadataBytes({
    recipe: batch.workshop.recipe,
    tokenId: id,
    imageCid,
    traits,
    seed,
    attempt,
    conditions,
    size,
    generation: observation.generation,
    ...(isGenesis(state) ? {} : { evolution: steps }),
  });
}
