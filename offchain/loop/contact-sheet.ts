import { encodePng } from "../generator/png.ts";
import { fromHex, type Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { unpackObservation } from "../kernel/observation.ts";
import { candidateSeed } from "../kernel/seed.ts";
import { columnsFor } from "./columns.ts";
import { inOrder } from "./in-order.ts";
import type { MintedBatch } from "./mint-finish.ts";
import type { MintedToken } from "./mint-pack.ts";
import type { EnginePool } from "./ports-pool.ts";

/** Side of one picture on the sheet, and the gap around it, pixels. */
const THUMB = 256;
const GAP = 16;

/** Most pictures on a sheet; of more, evenly spaced ones are shown. */
const MOST = 96;

/** Colour of the wall they hang on. */
const WALL = [24, 24, 26] as const;

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
  const width = columns * (THUMB + GAP) + GAP;
  const height = rows * (THUMB + GAP) + GAP;
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = WALL[i % 3] ?? 0;
  const observation = unpackObservation(conditions);
  const places = works.map((work, place) => ({ ...work, place }));
  await inOrder(places, 2 * pool.workers, async ({ seed, token, place }) => {
    const key = {
      digest: digestOfToken(seed, token),
      traits: token.traits,
      observation,
    };
    const picture = await pool.pixels(key, THUMB);
    const left = GAP + (place % columns) * (THUMB + GAP);
    const top = GAP + Math.floor(place / columns) * (THUMB + GAP);
    for (let y = 0; y < THUMB; y++) {
      rgb.set(
        picture.subarray(y * THUMB * 3, (y + 1) * THUMB * 3),
        ((top + y) * width + left) * 3,
      );
    }
  });
  return encodePng(rgb, { width, height });
}

/** The digest that a token's picture came from. */
function digestOfToken(seed: Hex, { tokenId, tries }: MintedToken): Uint8Array {
  return candidateSeed(
    fromHex(seed),
    splitTokenId(BigInt(tokenId)).index,
    tries - 1,
  );
}
