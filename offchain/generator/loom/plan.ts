import type { Observation } from "../../kernel/observation.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";
import type { Traits } from "../../kernel/traits.ts";
import type { Adapter } from "../adapter/adapter.ts";
import { GENESIS, type WorkState } from "../evolution/state.ts";
import { driveOf, lean, type Drive } from "../work/drive.ts";
import { moodOf, type Mood } from "../work/market.ts";
import type { View } from "../work/view.ts";

import { isPattern } from "./character.ts";
import type { Edge } from "./cloth.ts";
import { divide } from "./divisions.ts";
import type { Shape } from "./shapes.ts";
import type { WeaveSteer } from "./steer.ts";
import { readWeaveTraits } from "./traits.ts";
import type {
  LibertyName,
  LightName,
  LineName,
  WeaveFrameName,
  FinishName,
  WeaveTraits,
} from "./vocabulary.ts";

/** One donor as a cloth sees it. */
export type DonorView = Readonly<{
  /** Place in the adapter. */
  donor: number;
  flip: boolean;
  /** Quarters that it is turned by. */
  turn: number;
  /** Cells that the middle is moved by. */
  shift: readonly [number, number];
}>;

/** How a cloth is made. Two equal ones are one and the same cloth. */
export type ClothPlan = Readonly<{
  way: LibertyName;
  width: number;
  height: number;
  edge: Edge;
  donors: readonly DonorView[];
  /** Whether what lay above stays above. */
  place: boolean;
  /** Direction of the seams of a joined cloth: 0 one above the other, 1 side by side; and where, 0..1. */
  seams: readonly (readonly [number, number])[];
  /** Draws of the weaving. */
  seed: number;
}>;

/** One sheet of the stack that a region is printed from. */
export type SheetPlan = Readonly<{
  /** Place in the plan's cloths. */
  cloth: number;
  /** Cells per sheet unit, and the cell in the middle of the sheet. */
  scale: number;
  middle: readonly [number, number];
  /** Only its figure, with the middle at (x, y) and so many sheet units high or wide; the ground lets the sheet below through. */
  figure: readonly [number, number, number] | null;
  /** Only the donor's largest colour (0), the next largest (1) and so on, even; null for the cloth itself. */
  bare: number | null;
  /** Whose colours it takes, whether dark and light are changed over, and how far (thousandths) it fades into its mean. */
  palette: number;
  reversed: boolean;
  /** Whose colours it must not look like; null if it does not matter. */
  unlike: number | null;
  faded: number;
}>;

/** Everything that decides a picture but the model and the size. */
export type WeavePlan = Readonly<{
  cloths: readonly ClothPlan[];
  /** What divides the sheet, from the top down. */
  shapes: readonly Shape[];
  /** For each shape, and last for the field, the sheets from the top down. */
  regions: readonly (readonly SheetPlan[])[];
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
      sheets.map((sheet) => steered(sheet, steer)),
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
  };
}

function steered(sheet: SheetPlan, steer: WeaveSteer): SheetPlan {
  const { zoom = 0, across = 0, down = 0 } = steer;
  if (zoom === 0 && across === 0 && down === 0) return sheet;
  return {
    ...sheet,
    scale: sheet.scale * (1 - zoom / 2500),
    middle: [sheet.middle[0] + across / 100, sheet.middle[1] + down / 100],
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

/** The cloths, the division and what is printed where. */
function compose(
  words: WeaveTraits,
  adapter: Adapter,
  rng: Rng,
): Pick<WeavePlan, "cloths" | "shapes" | "regions"> {
  const { composition, motif, second, third, palette } = words;
  const { grid } = adapter;
  const pattern = isPattern(adapter);
  const cloths: ClothPlan[] = [];
  const weave = (donors: readonly number[], way = words.liberty): number => {
    cloths.push(
      planCloth(
        words,
        donors,
        way,
        grid,
        pattern,
        rng.fork(`cloth${cloths.length}`),
      ),
    );
    return cloths.length - 1;
  };
  const views = rng.fork("views");
  const print = (
    cloth: number,
    colours: number,
    more: Partial<SheetPlan> = {},
  ): SheetPlan => {
    const { width, height, edge } = cloths[cloth]!;
    const free = edge !== "clamp";
    return {
      cloth,
      // Where a cloth goes on beyond its edge more of it is shown: finer, and its rhythm is seen.
      scale:
        (grid / 2) *
        (free ? 1.1 + 0.35 * views.unit() : 0.86 + 0.14 * views.unit()),
      middle: free
        ? edge === "quarter"
          ? [0, 0]
          : edge === "mirror"
            ? [0, views.unit() * height]
            : [views.unit() * width, views.unit() * height]
        : [width / 2, height / 2],
      figure: null,
      bare: null,
      palette: colours,
      reversed: false,
      unlike: null,
      faded: 0,
      ...more,
    };
  };
  const divided = composition !== "whole" && composition !== "gathered";
  const shapes = divided
    ? divide(
        words.division === "undivided" ? "roundel" : words.division,
        rng.fork("division"),
      )
    : [];
  switch (composition) {
    case "whole": {
      // A donor from rim to rim would be a copy: it is mirrored, joined or woven.
      const copy = words.liberty === "kept" && words.repeat === "plain";
      const way = copy ? (pattern ? "woven" : "joined") : words.liberty;
      const alone = pattern && views.unit() < 0.35;
      const cloth = weave(
        alone
          ? [motif]
          : pattern || views.unit() < 0.5
            ? [motif, second]
            : [motif, second, third],
        way,
      );
      return { cloths, shapes, regions: [[print(cloth, palette)]] };
    }
    case "counterchange": {
      const cloth = weave([motif, second]);
      const field = print(cloth, palette);
      return {
        cloths,
        shapes,
        regions: [[{ ...field, reversed: true }], [field]],
      };
    }
    case "recoloured": {
      const cloth = weave([motif, second]);
      const field = print(cloth, palette);
      return {
        cloths,
        shapes,
        regions: [[{ ...field, palette: third, unlike: palette }], [field]],
      };
    }
    case "patchwork": {
      const a = weave([motif, third]);
      const b = weave([second]);
      return {
        cloths,
        shapes,
        regions: [[print(a, palette)], [print(b, second)]],
      };
    }
    case "charged": {
      const charge = print(weave([motif], "kept"), motif, {
        figure: [0, 0, 0.9 + 0.4 * views.unit()],
      });
      const field = weave([palette], "kept");
      const [a, b] = views.below(2) === 0 ? [0, 1] : [1, 0];
      return {
        cloths,
        shapes,
        regions: [
          [charge, print(field, palette, { bare: a })],
          [charge, print(field, palette, { bare: b })],
        ],
      };
    }
    case "gathered": {
      const field = weave([palette], "kept");
      const own = [motif, second, third].filter(
        (d, k, all) => all.indexOf(d) === k,
      );
      const order = views.below(2) === 0 ? own : [...own].reverse();
      // In a row, or the middle one higher; never so large that they cover one another's middles.
      const count = order.length;
      const size = [1.2, 0.9, 0.62][count - 1]! * (0.9 + 0.2 * views.unit());
      const rise = count === 3 && views.unit() < 0.5 ? 0.16 : 0;
      const charges = order.map((donor, k) =>
        print(weave([donor], "kept"), donor, {
          figure: [
            count === 1
              ? 0
              : (count === 3 ? 0.62 : 0.46) * ((2 * k) / (count - 1) - 1),
            k === 1 ? -rise : rise,
            size,
          ],
        }),
      );
      return {
        cloths,
        shapes,
        regions: [[...charges, print(field, palette, { bare: 0 })]],
      };
    }
  }
}

function planCloth(
  { repeat }: WeaveTraits,
  donors: readonly number[],
  way: LibertyName,
  grid: number,
  pattern: boolean,
  rng: Rng,
): ClothPlan {
  const own = donors.filter((donor, i) => donors.indexOf(donor) === i);
  const edge: Edge = repeat === "plain" ? "clamp" : repeat;
  const near = (): number => Math.floor((2 * rng.unit() - 1) * 0.12 * grid);
  const even = (n: number): number => 4 * Math.round(n / 4);
  // A repeated cloth is a tile: the sheet shows about as many cells as a donor has.
  const [width, height] =
    edge === "clamp"
      ? [grid, grid]
      : edge === "mirror"
        ? [even(grid / 2), even(grid)]
        : edge === "quarter"
          ? [even(grid / 2), even(grid / 2)]
          : edge === "drop"
            ? [even(grid * 0.7), even(grid * 0.9)]
            : edge === "brick"
              ? [even(grid * 0.9), even(grid * 0.7)]
              : [even(grid * 0.8), even(grid * 0.8)];
  return {
    way,
    width,
    height,
    edge: way === "kept" && edge !== "clamp" ? "quarter" : edge,
    place: !pattern && edge === "clamp",
    donors: own.map((donor) => ({
      donor,
      flip: rng.unit() < 0.5,
      turn: pattern ? rng.below(4) : 0,
      shift: [near(), near()],
    })),
    seams: own
      .slice(1)
      .map(() => [rng.below(2), 0.35 + 0.3 * rng.unit()] as const),
    seed: rng.u32(),
  };
}
