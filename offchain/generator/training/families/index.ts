import { agate } from "./agate.ts";
import { arches } from "./arches.ts";
import { bloom } from "./bloom.ts";
import { braid } from "./braid.ts";
import { cairn } from "./cairn.ts";
import { canyon } from "./canyon.ts";
import { dunes } from "./dunes.ts";
import { palmette } from "./palmette.ts";
import { grove } from "./grove.ts";
import { ribbons } from "./ribbons.ts";

import { meadow } from "./meadow.ts";
import { tide } from "./tide.ts";
import { scales } from "./scales.ts";
import { sprig } from "./sprig.ts";
import { vase } from "./vase.ts";
import { whirl } from "./whirl.ts";
import type { Teacher } from "../teacher.ts";

/** The families in the order of the network's one-hot input: append only, never reorder under trained weights. */
export const FAMILIES: readonly Teacher[] = [
  dunes,
  tide,
  grove,
  agate,
  ribbons,
  canyon,
  bloom,
  whirl,
  sprig,
  vase,
  cairn,
  arches,
  braid,
  palmette,
  meadow,
  scales,
].map((family, index) => ({ ...family, index }));
