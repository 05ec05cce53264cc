import type { Observation } from "../../kernel/observation.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";
import type { Traits } from "../../kernel/traits.ts";
import type { Adapter } from "../adapter/adapter.ts";
import { GENESIS, type WorkState } from "../evolution/state.ts";
import { driveOf, lean, type Drive } from "../work/drive.ts";
import { moodOf, type Mood } from "../work/market.ts";
import type { Steer } from "../work/steer.ts";
import type { View } from "../work/view.ts";

import { isPattern } from "./character.ts";
import { compose, type Composition } from "./compose.ts";
import type { SheetPlan } from "./stack.ts";
import type { WeaveSteer } from "./steer.ts";
import { bendOf, type Bend } from "./bend.ts";
import { readWeaveTraits } from "./traits.ts";
import type {
  LightName,
  LineName,
  WeaveFrameName,
  FinishName,
} from "./vocabulary.ts";

/** Everything that decides a picture but the model and the size. */
export type WeavePlan = Composition &
  Readonly<{
    line: LineName;
    /** Half the width of a rule, sheet units, and whose lightest or darkest colour it takes. */
    rule: number;
    rulePalette: number;
    light: LightName;
    finish: FinishName;
    frame: WeaveFrameName;
    /** The swaying of the whole sheet. */
    view: View;
    /** What tones are sharpened by; 1 calm. */
    hardness: number;
    /** Warmth of the palette by the market of the minting, -1000..1000, and the share of saturation, 1000 as it is. */
    warmth: number;
    saturation: number;
    /** What has pulled at the work since. */
    drive: Drive;
    /** What steers its codes and its colours; nothing unless somebody chose it. */
    bend: Bend | null;
    tint: Steer;
  }>;

/**
 * Plans a woven work: a pure function of the digest that seeds it, its traits, the market, and what steers it.
 * Cloths, division and palettes come from the traits and the digest alone; the market bends what is there.
 * @throws FatalError `generator/unknown-trait` if the traits use a word that the adapter does not know
 */
export function planWeave(
  {
    digest,
    traits,
    observation,
    state = GENESIS,
    steer = {},
  }: {
    digest: Uint8Array;
    traits: Traits;
    observation: Observation;
    state?: WorkState;
    steer?: WeaveSteer;
  },
  adapter: Adapter,
): WeavePlan {
  const words = readWeaveTraits(traits, adapter);
  const rng = createRng(digest).fork("weave");
  const mood = moodOf(observation);
  const pulled = driveOf(state);
  const drive: Drive = {
    ...pulled,
    warmth: pulled.warmth + (steer.warmth ?? 0) / 800,
    light: pulled.light + (steer.light ?? 0) / 1200,
  };
  const { cloths, shapes, regions } = compose(words, adapter, rng);
  const marks = rng.fork("marks");
  return {
    cloths,
    shapes,
    regions: regions.map((sheets) =>
      sheets.map((sheet) => steered(sheet, steer, adapter.grid)),
    ),
    line: words.line,
    rule: (isPattern(adapter) ? 0.008 : 0.018) * (1 + marks.unit()),
    rulePalette: words.palette,
    light: words.light,
    finish: words.finish,
    frame: words.frame,
    view: sheetView(mood, drive, steer, isPattern(adapter), marks),
    hardness:
      (1 + (0.5 * mood.unrest) / 1000) * (1 + lean(drive.unrest, 0.6, 0.3)),
    warmth: mood.warmth,
    saturation:
      1000 + Math.floor((mood.warmth * 60 + mood.unrest * 100) / 1000),
    drive,
    bend: bendOf(adapter, steer),
    tint: { hue: steer.hue ?? 0, colour: steer.colour ?? 0 },
  };
}

function steered(sheet: SheetPlan, steer: WeaveSteer, grid: number): SheetPlan {
  const { zoom = 0, across = 0, down = 0 } = steer;
  if (zoom === 0 && across === 0 && down === 0) return sheet;
  return {
    ...sheet,
    scale: sheet.scale * (1 - zoom / 2500),
    // What lies to the left comes into sight where the picture moves to the right.
    middle: [
      sheet.middle[0] - (across * grid) / 4000,
      sheet.middle[1] - (down * grid) / 4000,
    ],
  };
}

/** How the whole sheet sways: hardly at all when minted on a calm market. */
function sheetView(
  mood: Mood,
  drive: Drive,
  steer: WeaveSteer,
  pattern: boolean,
  rng: Rng,
): View {
  const stir = pattern ? 0.6 : 1;
  const slow = stir * (0.05 * drive.drift + 0.03 * drive.light);
  return {
    symmetry: "single",
    folds: 3,
    flip: false,
    zoom:
      (1 - (0.04 * mood.drift) / 1000) *
      (1 - 0.05 * drive.drift - 0.12 * drive.distance),
    turn: [1, 0],
    pan: [0, 0],
    sway:
      (0.002 + (0.03 * mood.unrest) / 1000) * (1 + lean(drive.unrest, 0, 0.6)) +
      stir * lean(drive.unrest, 0.02, 0) +
      Math.max(0, steer.sway ?? 0) / 20_000,
    gust: stir * lean(drive.unrest, 0.08, 0),
    lean: 0.08 * stir * drive.drift,
    phases: [
      rng.unit() + slow,
      rng.unit() - slow,
      rng.unit() + 0.8 * slow,
      rng.unit() - 1.3 * slow,
    ],
  };
}
