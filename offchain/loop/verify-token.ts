import { createHashIndex } from "../guard/near-duplicate.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { unpackObservation, type Observation } from "../kernel/observation.ts";
import { digestToCid } from "../publishing/cid.ts";
import { metadataBytes } from "../publishing/metadata.ts";
import { BATCH_PATHS, tokenPaths, tokenUri } from "../publishing/paths.ts";
import { parseHashes } from "../publishing/transcript.ts";
import { fileCid } from "../publishing/unixfs-file.ts";
import {
  digestOf,
  acceptedOf,
  fixedOnChain,
  hashesBefore,
  type DerivePorts,
  type Fixed,
} from "./derive.ts";
import type { OpenArchive } from "./ports-archive.ts";
import type { Progress } from "./ports-progress.ts";
import { decideWork, type SelectedWork } from "./select.ts";
import { rebuildBatch } from "./verify-batch.ts";

/** What must be equal for a token to be what the chain says. */
export interface TokenFacts {
  readonly tokenURI: string;
  /** CID of the batch directory. */
  readonly root: string;
  /** Null where only the root can be compared: from the chain alone there is nothing else to expect. */
  readonly imageCid: string | null;
  readonly metadataCid: string | null;
}

/** The outcome of verifying one token. */
export interface TokenVerdict {
  readonly tokenId: string;
  /** `archive`: one work rebuilt against the batch's files. `chain`: the whole batch rebuilt from the chain and the recipe. */
  readonly mode: "archive" | "chain";
  readonly expected: TokenFacts;
  readonly computed: TokenFacts;
  readonly match: boolean;
  /** Names of the facts that differ. */
  readonly differs: readonly (keyof TokenFacts)[];
}

type VerifyPorts = DerivePorts & { readonly progress: Progress };

/**
 * Rebuilds one work and compares it with the batch's own files, whose every block is hash-checked up to the root on the chain.
 * Proves as well that each rejected candidate before it fails and that the accepted one is the first to pass.
 * @throws FatalError `verify/other-archive` if the archive is not the batch's.
 */
export async function verifyTokenInArchive(
  ports: VerifyPorts,
  token: bigint,
  archive: OpenArchive,
): Promise<TokenVerdict> {
  const { chain, recipe, pool } = ports;
  const batch = Number(splitTokenId(token).batch);
  const { root } = await chain.batchOf(batch);
  if (archive.root !== root) {
    throw new FatalError(
      "verify/other-archive",
      `The archive holds \`${archive.root}\`, but batch ${batch} is sealed as ${root}; give its own CAR.`,
    );
  }
  const paths = tokenPaths(token);
  const expected = await expectedFacts(ports, token, batch);
  const published = parseHashes(await archive.read(BATCH_PATHS.hashes)).hashes;
  const { fixed, observation, work } = await proveWork(ports, token, published);
  const { traits, attempt } = acceptedOf(work);
  const size = 2 ** observation.sizeLog2;
  const png = await pool.paint(
    { digest: digestOf(work), traits, observation },
    size,
  );
  const imageCid = await fileCid(png);
  const { conditions } = fixed;
  const metadata = metadataBytes({
    recipe,
    tokenId: token,
    imageCid,
    traits,
    seed: toHex(fixed.seed),
    attempt,
    conditions,
    size,
    generation: observation.generation,
  });
  return verdict(token, "archive", {
    expected: {
      ...expected,
      imageCid: await archive.cidOf(paths.image),
      metadataCid: await archive.cidOf(paths.metadata),
    },
    computed: {
      ...expected,
      tokenURI: tokenUri(root, token),
      imageCid,
      metadataCid: await fileCid(metadata),
    },
  });
}

/** One work as the chain and the recipe say it must be. */
export interface ProvenWork {
  readonly fixed: Fixed;
  readonly observation: Observation;
  readonly work: SelectedWork;
}

/**
 * Chooses one work again: each rejected candidate before it fails, and the accepted one is the first to pass.
 * @param published perceptual hashes of its batch, by index; those before it are all that is needed.
 */
export async function proveWork(
  ports: DerivePorts,
  token: bigint,
  published: readonly Hex[],
): Promise<ProvenWork> {
  const { batch, index } = splitTokenId(token);
  const fixed = await fixedOnChain(Number(batch), ports);
  const earlier = await hashesBefore(fixed.opened, ports);
  const observation = unpackObservation(fixed.conditions);
  const work = await decideWork(index, {
    screen: (i, from) => ports.pool.screen(fixed.seed, i, from, observation),
    taken: createHashIndex(ports.recipe.guard.nearDuplicate.distance, [
      ...earlier,
      ...published.slice(0, index),
    ]),
  });
  return { fixed, observation, work };
}

/** Rebuilds the whole batch from the chain and the recipe alone; no file of the batch is trusted or needed. */
export async function verifyTokenFromChain(
  ports: VerifyPorts,
  token: bigint,
): Promise<TokenVerdict> {
  const batch = Number(splitTokenId(token).batch);
  const expected = await expectedFacts(ports, token, batch);
  const rebuilt = await rebuildBatch(ports, batch);
  const own = rebuilt.tokens.find(({ id }) => id === token);
  const facts = {
    imageCid: own?.imageCid ?? null,
    metadataCid: own?.metadataCid ?? null,
  };
  return verdict(token, "chain", {
    // The root commits to every file below it: equal roots are equal pictures, so there is nothing weaker to compare.
    expected:
      rebuilt.digest === rebuilt.sealed ? { ...expected, ...facts } : expected,
    computed: {
      root: rebuilt.root,
      tokenURI: tokenUri(rebuilt.digest, token),
      ...facts,
    },
  });
}

async function expectedFacts(
  { chain }: VerifyPorts,
  token: bigint,
  batch: number,
): Promise<TokenFacts> {
  // Whatever epoch the work shows by now: a batch is what it was minted as.
  const tokenURI = await chain.tokenURIAt(token, 0);
  const { root } = await chain.batchOf(batch);
  return {
    tokenURI,
    root: digestToCid(root).toString(),
    imageCid: null,
    metadataCid: null,
  };
}

/** Compares what should be with what was made again. */
export function verdict(
  token: bigint,
  mode: TokenVerdict["mode"],
  { expected, computed }: { expected: TokenFacts; computed: TokenFacts },
): TokenVerdict {
  const facts = ["tokenURI", "root", "imageCid", "metadataCid"] as const;
  const differs = facts.filter((fact) => expected[fact] !== computed[fact]);
  return {
    tokenId: `${token}`,
    mode,
    expected,
    computed,
    match: differs.length === 0,
    differs,
  };
}
