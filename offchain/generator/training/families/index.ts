import { agate } from "./agate.ts";
import { arch } from "./arch.ts";
import { bloom } from "./bloom.ts";
import { braid } from "./braid.ts";
import { cairn } from "./cairn.ts";
import { canyon } from "./canyon.ts";
import { dunes } from "./dunes.ts";
import { fan } from "./fan.ts";
import { grove } from "./grove.ts";
import { fold } from "./fold.ts";

import { meadow } from "./meadow.ts";
import { moon } from "./moon.ts";
import { scales } from "./scales.ts";
import { sprig } from "./sprig.ts";
import { vase } from "./vase.ts";
import { whirl } from "./whirl.ts";
import type { Teacher } from "../teacher.ts";

/** The families in the order of the network's one-hot input: append only, never reorder under trained weights. */
export const FAMILIES: readonly Teacher[] = [
  dunes,
  moon,
  grove,
  agate,
  fold,
  canyon,
  bloom,
  whirl,
  sprig,
  vase,
  cairn,
  arch,
  braid,
  fan,
  meadow,
  scales,
].map((family, index) => ({ ...family, index }));
