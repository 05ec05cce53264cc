import type { Rng } from "../../kernel/rng.ts";
import type { Adapter } from "../adapter/adapter.ts";

import { isLevel, isPattern } from "./character.ts";
import type { Edge } from "./cloth.ts";
import { divide } from "./divisions.ts";
import type { Shape } from "./shapes.ts";
import type { ClothPlan, SheetPlan } from "./stack.ts";
import type { LibertyName, WeaveTraits } from "./vocabulary.ts";

/** Cloths, what divides the sheet, and for each shape, and last for the field, the sheets from the top down. */
export type Composition = Readonly<{
  cloths: readonly ClothPlan[];
  shapes: readonly Shape[];
  regions: readonly (readonly SheetPlan[])[];
}>;

/** The cloths, the division and what is printed where. */
export function compose(
  words: WeaveTraits,
  adapter: Adapter,
  rng: Rng,
): Composition {
  const { composition, motif, second, third, palette } = words;
  const { grid } = adapter;
  const pattern = isPattern(adapter);
  const level = isLevel(adapter);
  const cloths: ClothPlan[] = [];
  const weave = (donors: readonly number[], way = words.liberty): number => {
    cloths.push(
      planCloth(
        words,
        donors,
        way,
        grid,
        pattern,
        level,
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
      const part = 0.9 + 0.4 * views.unit();
      const charged = [part, Math.min(1.6, 1.3 * part)] as const;
      const charge = print(weave([motif], "kept"), motif, {
        figure: [0, 0, ...charged],
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
      const grow = 0.9 + 0.2 * views.unit();
      const wide = [1.25, 0.95, 0.66][count - 1]! * grow;
      const rise = count === 3 && views.unit() < 0.5 ? 0.16 : 0;
      const charges = order.map((donor, k) =>
        print(weave([donor], "kept"), donor, {
          figure: [
            count === 1
              ? 0
              : (count === 3 ? 0.62 : 0.46) * ((2 * k) / (count - 1) - 1),
            k === 1 ? -rise : rise,
            wide,
            1.45 * grow,
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
  level: boolean,
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
      shift: [near(), near()],
    })),
    seams: own
      .slice(1)
      .map(() => [level ? 0 : rng.below(2), 0.35 + 0.3 * rng.unit()] as const),
    seed: rng.u32(),
  };
}
