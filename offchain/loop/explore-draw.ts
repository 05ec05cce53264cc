import { createApng } from "../generator/apng.ts";
import { encodePng } from "../generator/png.ts";
import { FatalError } from "../kernel/errors.ts";
import type { PictureKey } from "./engine.ts";
import { aheadInOrder } from "./in-order.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Progress } from "./ports-progress.ts";
import { createWall, gapFor } from "./wall.ts";

/** How pictures are shown: one alone, hung in rows, or one after another for so many milliseconds each. */
export type Form =
  | { readonly kind: "picture" }
  | { readonly kind: "sheet"; readonly columns: number }
  | { readonly kind: "animation"; readonly delays: readonly number[] };

/** What is drawn: everything about the bytes but the recipe. */
export interface Drawing {
  readonly form: Form;
  /** Side of each picture, pixels. */
  readonly size: number;
  readonly pictures: readonly PictureKey[];
}

/** Most pixels of a drawing: a sheet of 96 works at 1,024. */
const MOST_PIXELS = 104_857_600;

/**
 * Draws it: equal drawings, equal bytes, whatever the number of workers. Memory holds one sheet, or of an animation the frame before and
 * what the others shrank to.
 * @throws FatalError `explore/too-large`, and those of the engine.
 */
export async function draw(
  {
    pool,
    progress,
  }: { readonly pool: EnginePool; readonly progress: Progress },
  { form, size, pictures }: Drawing,
): Promise<Uint8Array> {
  const count = pictures.length;
  if (count * size * size > MOST_PIXELS || count === 0) {
    throw new FatalError(
      "explore/too-large",
      `${count} pictures of ${size} pixels are no drawing; ask for at least one, and at most ${MOST_PIXELS} pixels in all: fewer or smaller ones.`,
    );
  }
  let done = 0;
  progress.stage("draw", done, count);
  const drawn = aheadInOrder(pictures, 2 * pool.workers, async (key) => {
    const rgb = await pool.pixels(key, size);
    progress.stage("draw", ++done, count);
    return rgb;
  });
  if (form.kind === "animation") {
    const film = createApng({ width: size, height: size });
    let place = 0;
    for await (const rgb of drawn) film.add(rgb, form.delays[place++] ?? 0);
    return film.finish();
  }
  if (form.kind === "picture") {
    for await (const rgb of drawn)
      return encodePng(rgb, { width: size, height: size });
  }
  const columns = form.kind === "sheet" ? form.columns : 1;
  const rows = Math.ceil(count / columns);
  const wall = createWall({ columns, rows, side: size, gap: gapFor(size) });
  let place = 0;
  for await (const rgb of drawn) wall.hang(place++, rgb);
  return wall.png();
}
