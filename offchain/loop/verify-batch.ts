import { toHex, type Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { digestToCid } from "../publishing/cid.ts";
import { assemble, type AssembledToken } from "./assemble.ts";
import {
  acceptedOf,
  deriveWorks,
  digestOf,
  fixedOnChain,
  type DerivePorts,
} from "./derive.ts";
import { aheadInOrder } from "./in-order.ts";
import type { Progress } from "./ports-progress.ts";

/** A rebuild is for its root; the blocks themselves are not needed. */
const NOWHERE: CarSink = {
  put: () => undefined,
  finish: () => Promise.resolve(),
  abort: () => Promise.resolve(),
};

/** A batch made again from the chain and the recipe alone. */
export interface RebuiltBatch {
  /** Digest of the directory that the rebuild gives. */
  readonly digest: Hex;
  /** The same as a CID. */
  readonly root: string;
  /** Digest that the chain holds; zero if it never was sealed. */
  readonly sealed: Hex;
  readonly tokens: readonly AssembledToken[];
}

/**
 * Rebuilds a whole batch in one pass: the works are chosen again, painted again and packed again.
 * @param sink where the archive goes, which has the same bytes as the one that was minted; into nothing if left out.
 */
export async function rebuildBatch(
  ports: DerivePorts & { readonly progress: Progress },
  batch: number,
  sink: CarSink = NOWHERE,
): Promise<RebuiltBatch> {
  const { chain, pool, recipe, progress } = ports;
  const fixed = await fixedOnChain(batch, ports);
  const { seed, count, conditions } = fixed;
  const works = await deriveWorks(fixed, ports, ({ index }) =>
    progress.stage("verify (candidates)", index + 1, count),
  );
  const observation = unpackObservation(conditions);
  const pictures = aheadInOrder(works, 2 * pool.workers, (work) =>
    pool.paint(
      { digest: digestOf(work), traits: acceptedOf(work).traits, observation },
      2 ** observation.sizeLog2,
    ),
  );
  const tokens: AssembledToken[] = [];
  const { digest, root } = await assemble({
    batch,
    seed: toHex(seed),
    conditions,
    recipe,
    works,
    picture: async () => (await pictures.next()).value as Uint8Array,
    sink,
    hash: ports.hash,
    onToken(token) {
      tokens.push(token);
      progress.stage("verify", tokens.length, count);
    },
  });
  const { root: sealed } = await chain.batchOf(batch);
  return { digest, root, sealed, tokens };
}

/**
 * Proves a sealed batch from the chain and the recipe alone, as a stranger would.
 * @returns its tokens, all of them proven.
 * @throws FatalError `verify/mismatch` if the rebuilt directory is not the sealed one.
 */
export async function verifyBatch(
  ports: DerivePorts & { readonly progress: Progress },
  batch: number,
): Promise<readonly AssembledToken[]> {
  const { digest, root, sealed, tokens } = await rebuildBatch(ports, batch);
  if (digest === sealed) return tokens;
  const onChain = digestToCid(sealed).toString();
  throw new FatalError(
    "verify/mismatch",
    `Batch \`${batch}\` is sealed as ${onChain} but rebuilds as ${root}; do not trust it.`,
  );
}
