import type { Recipe } from "./recipe.ts";
import {
  pinArchive,
  requirePlaces,
  type PinPorts,
  type PinReceipt,
} from "./pin-archive.ts";
import type { Archives } from "./ports-archive.ts";

/** A recipe's own archive. */
export interface HeldRecipe {
  /** CID of the recipe directory. */
  readonly root: string;
  readonly car: string;
  readonly pins: readonly PinReceipt[];
}

/**
 * Packs a recipe directory as an archive of its own, keeps it in the store, and has every place hold it. Batches carry their recipe
 * too, but whoever wants to know what will be minted under it need not wait for one.
 * @param car where the archive is written.
 * @throws FatalError `pins/none-configured`, and as {@link pinArchive}.
 */
export async function holdRecipe(
  ports: PinPorts &
    Parameters<typeof requirePlaces>[0] & { readonly archives: Archives },
  { id, cid, blocks }: Recipe,
  car: string,
): Promise<HeldRecipe> {
  const { archives } = ports;
  const targets = await requirePlaces(ports);
  const sink = await archives.create(car);
  try {
    for (const block of blocks) await sink.put(block);
    await sink.finish(cid);
  } catch (error) {
    await sink.abort();
    throw error;
  }
  await archives.keep(id, car);
  const request = { path: car, part: false };
  const pins = await pinArchive({ ...ports, targets }, request);
  return { root: cid.toString(), car, pins };
}
