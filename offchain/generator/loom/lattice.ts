import type { Decoder } from "../adapter/adapter.ts";

import { readCloth, type Cloth } from "./cloth.ts";

/** Logits, and each donor's share, at the nodes of a square lattice over the sheet. */
export type Lattice = Readonly<{
  cells: number;
  logits: Float32Array;
  donors: number;
  shares: Float32Array;
}>;

const LEAST_CELLS = 128;
const ENOUGH_CELLS = 512;
const MOST_CELLS = 1024;
const BATCH = 4096;

/** Cells per side for a picture of so many pixels: contours are smooth, so no more than they need. */
export function latticeCells(size: number): number {
  if (size <= LEAST_CELLS) return LEAST_CELLS;
  return Math.min(
    MOST_CELLS,
    Math.max(Math.min(size, ENOUGH_CELLS), size >> 1),
  );
}

/** Reads the cloth and asks the decoder at the nodes for which `placeOf` gives a place (cells of the cloth, in `at`). */
export function askLattice(
  decoder: Decoder,
  cloth: Cloth,
  cells: number,
  placeOf: (x: number, y: number, at: Float64Array) => boolean,
): Lattice {
  const nodes = cells + 1;
  const { donors } = cloth;
  const logits = new Float32Array(nodes * nodes * 8);
  const shares = new Float32Array(donors > 1 ? nodes * nodes * donors : 0);
  const codes = new Float32Array(BATCH * 8);
  const answers = new Float32Array(BATCH * 8);
  const wanted = new Int32Array(BATCH);
  const at = new Float64Array(2);
  let count = 0;
  const flush = (): void => {
    if (count === 0) return;
    const asked = codes.subarray(0, count * 8);
    decoder.logits(asked, answers.subarray(0, count * 8));
    for (let k = 0; k < count; k++) {
      const to = wanted[k]! * 8;
      for (let s = 0; s < 8; s++) logits[to + s] = answers[8 * k + s]!;
    }
    count = 0;
  };
  for (let row = 0; row < nodes; row++)
    for (let column = 0; column < nodes; column++) {
      if (!placeOf((2 * column) / cells - 1, (2 * row) / cells - 1, at))
        continue;
      const node = row * nodes + column;
      wanted[count] = node;
      if (donors > 1)
        readCloth(
          cloth,
          at[0]!,
          at[1]!,
          codes,
          count * 8,
          shares,
          node * donors,
        );
      else readCloth(cloth, at[0]!, at[1]!, codes, count * 8);
      if (++count === BATCH) flush();
    }
  flush();
  return { cells, logits, donors, shares };
}
