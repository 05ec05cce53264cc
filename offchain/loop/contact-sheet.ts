import { fromHex, type Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { unpackObservation } from "../kernel/observation.ts";
import { candidateSeed } from "../kernel/seed.ts";
import { columnsFor } from "./columns.ts";
import { inOrder } from "./in-order.ts";
import type { MintedBatch } from "./mint-finish.ts";
import type { MintedToken } from "./mint-pack.ts";
import type { EnginePool } from "./ports-pool.ts";
import { createWall } from "./wall.ts";

/** Side of one picture on the sheet, pixels. */
const THUMB = 256;

/** Most pictures on a sheet; of more, evenly spaced ones are shown. */
const MOST = 96;

/** All works of a run, or a fair choice of many, on one PNG. Pictures are rendered for it at their small size. */
export async function contactSheet(
  batches: readonly Pick<MintedBatch, "seed" | "tokens">[],
  { pool, conditions }: { readonly pool: EnginePool; readonly conditions: Hex },
): Promise<Uint8Array> {
  const all = batches.flatMap(({ seed, tokens }) =>
    tokens.map((token) => ({ seed, token })),
  );
  const shown = Math.min(MOST, all.length);
  const works = Array.from(
    { length: shown },
    (_, i) => all[Math.floor((i * all.length) / shown)] as (typeof all)[number],
  );
  const columns = columnsFor(shown);
  const rows = Math.ceil(shown / columns);
  const wall = createWall({ columns, rows, side: THUMB });
  const observation = unpackObservation(conditions);
  const places = works.map((work, place) => ({ ...work, place }));
  await inOrder(places, 2 * pool.workers, async ({ seed, token, place }) => {
    const key = {
      digest: digestOfToken(seed, token),
      traits: token.traits,
      observation,
    };
    wall.hang(place, await pool.pixels(key, THUMB));
  });
  return wall.png();
}

/** The digest that a token's picture came from. */
function digestOfToken(seed: Hex, { tokenId, tries }: MintedToken): Uint8Array {
  return candidateSeed(
    fromHex(seed),
    splitTokenId(BigInt(tokenId)).index,
    tries - 1,
  );
}
