import { toHex } from "../kernel/bytes.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Artefacts } from "./artefacts.ts";
import {
  acceptedOf,
  deriveWorks,
  digestOf,
  fixedOnChain,
  type DerivePorts,
} from "./derive.ts";
import { aheadInOrder } from "./in-order.ts";
import type { Progress } from "./ports-progress.ts";
import type { Hex } from "../kernel/bytes.ts";

/** What an abandoned batch would have been. */
export interface WouldHaveBeen {
  readonly batch: number;
  readonly count: number;
  readonly seed: Hex;
  /** Its pictures, in the order of their index. */
  readonly pictures: readonly string[];
}

/**
 * Rebuilds an abandoned batch from the chain and the recipe: its seed is known to everybody, so nobody can hide what he did not like.
 * The pictures go to `folder`.
 * @throws FatalError `verify/other-recipe` if it was opened under another recipe than the one loaded.
 */
export async function rebuildAbandoned(
  ports: DerivePorts & {
    readonly progress: Progress;
    readonly artefacts: Artefacts;
  },
  batch: number,
  folder: string,
): Promise<WouldHaveBeen> {
  const { pool, progress, artefacts } = ports;
  const fixed = await fixedOnChain(batch, ports);
  const { seed, count, conditions } = fixed;
  const works = await deriveWorks(fixed, ports, ({ index }) =>
    progress.stage(`batch ${batch} (candidates)`, index + 1, count),
  );
  const observation = unpackObservation(conditions);
  const size = 2 ** observation.sizeLog2;
  const painted = aheadInOrder(works, 2 * pool.workers, (work) =>
    pool.paint(
      { digest: digestOf(work), traits: acceptedOf(work).traits, observation },
      size,
    ),
  );
  const pictures: string[] = [];
  for await (const png of painted) {
    const path = `${folder}/${works[pictures.length]?.index ?? 0}.png`;
    await artefacts.write(path, png);
    pictures.push(path);
    progress.stage(`batch ${batch}`, pictures.length, count);
  }
  return { batch, count, seed: toHex(seed), pictures };
}
