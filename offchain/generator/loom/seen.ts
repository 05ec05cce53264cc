import { CODES } from "../adapter/adapter.ts";

import { cellAt, emptyCloth, type Cloth } from "./cloth.ts";
import { surveyOf } from "./donors.ts";
import type { TunedModel } from "./model.ts";
import type { DonorView } from "./stack.ts";

/** A donor through its view: flipped, moved by whole cells, mirrored where it ends. Codes stay as they were learned. */
export function seen(
  model: TunedModel,
  { donor, flip, shift }: DonorView,
  place: number,
  donors: number,
  width: number,
  height: number,
): Cloth {
  const { grid, donors: all } = surveyOf(model);
  const { codes, outside } = all[donor]!;
  const around = new Uint8Array(width * height);
  const shape = { width: grid, height: grid, edge: "quarter" } as const;
  const cloth = emptyCloth(width, height, "clamp", donors);
  for (let i = 0; i < width * height; i++) {
    let x = (i % width) + 0.5 - width / 2;
    const y = Math.floor(i / width) + 0.5 - height / 2;
    if (flip) x = -x;
    const cell = cellAt(
      shape,
      Math.floor(x + grid / 2) + shift[0],
      Math.floor(y + grid / 2) + shift[1],
    );
    for (let j = 0; j < CODES; j++)
      cloth.codes[i * CODES + j] = codes[cell * CODES + j]!;
    cloth.shares[i * donors + place] = 1;
    around[i] = outside[cell]!;
  }
  return { ...cloth, outside: around };
}
