import type { Colour } from "../work/colours.ts";
import { project } from "../work/view.ts";

import { bentDecoder } from "./bend.ts";
import { surveyOf } from "./donors.ts";
import { fitFigure } from "./figure.ts";
import { groundColour, ruleColour } from "./ground.ts";
import { askLattice, latticeCells } from "./lattice.ts";
import type { TunedModel } from "./model.ts";
import { sheetColours } from "./palettes.ts";
import type { WeavePlan } from "./plan.ts";
import { createPrint, type Print } from "./print.ts";
import { inside } from "./shapes.ts";
import { weaveCloth } from "./weave.ts";

/** Where a pixel that an edge crosses is sampled, sixteenths from its middle: eight rooks. */
const SAMPLES = [1, -3, -1, 3, 5, 1, -3, -5, -5, 5, -7, -1, 3, 7, 7, -7];
const COUNT = SAMPLES.length / 2;
/** Half the side of the print when there is a margin. */
const WINDOW = 0.88;
const PAPER: Colour = [246, 242, 233];
/** Shadow below the edge of a region that lies on top: how far, how wide, how dark. */
const SHADOW = { x: 0.012, y: 0.018, width: 0.05, depth: 0.4 };
const RULE_ID = 4096;
const PAPER_ID = 8192;

/**
 * Renders a planned weave: RGB, `size` squared (64 to 4096), row by row from the top left. The same bytes on every machine.
 * Regions and contours are decided at every sample, so edges are crisp at any size.
 */
export function renderWeave(
  model: TunedModel,
  plan: WeavePlan,
  size: number,
): Uint8Array {
  const survey = surveyOf(model);
  const decoder = bentDecoder(model.decoder, plan.bend);
  const cells = latticeCells(size);
  const window = plan.frame === "mat" ? WINDOW : 1;
  const swayed = new Float32Array(2);
  const { shapes, regions, view } = plan;
  const last = shapes.length;
  const slack = 6 / cells;

  const sheets = regions.map((list, region) =>
    list.map((sheet) => {
      const colours = sheetColours(survey, plan, sheet);
      const { donors } = plan.cloths[sheet.cloth]!;
      const donor = survey.donors[donors[0]!.donor]!;
      if (sheet.bare !== null) {
        // Plain ground that no figure upon it drowns in.
        const figures = list.flatMap((other) => {
          if (!other.figure) return [];
          const own =
            survey.donors[plan.cloths[other.cloth]!.donors[0]!.donor]!;
          return [{ own, colours: sheetColours(survey, plan, other)[0]! }];
        });
        const even = groundColour(donor, colours[0]!, sheet.bare, figures);
        return { even, print: null, shows: null };
      }
      const cloth = weaveCloth(model, plan.cloths[sheet.cloth]!);
      const place = sheet.figure
        ? fitFigure(cloth, donor, sheet.figure)
        : { ...sheet, covers: null };
      const lattice = askLattice(decoder, cloth, cells, (x, y, at) => {
        project(view, x, y, swayed, 0);
        const [sx, sy] = [swayed[0]!, swayed[1]!];
        for (let k = 0; k < region; k++)
          if (inside(shapes[k]!, sx, sy) > slack) return false;
        if (region < last && inside(shapes[region]!, sx, sy) < -slack)
          return false;
        at[0] = place.middle[0] + sx * place.scale;
        at[1] = place.middle[1] + sy * place.scale;
        if (!place.covers) return true;
        return (
          Math.min(at[0], at[1], cloth.width - at[0], cloth.height - at[1]) > -1
        );
      });
      const print = createPrint(lattice, colours, {
        flatness: survey.flatness,
        hardness: plan.hardness,
        poster: plan.finish === "poster",
      });
      const { covers } = place;
      const shows = covers
        ? (sx: number, sy: number, slot: number): boolean =>
            covers(
              place.middle[0] + sx * place.scale,
              place.middle[1] + sy * place.scale,
              slot,
            )
        : null;
      return { even: null, print, shows };
    }),
  );
  const rule = ruleColour(survey.donors[plan.rulePalette]!, plan);

  const colour = { r: 0, g: 0, b: 0, id: 0 };
  const fill = (print: Print | Colour, id: number, light = 1): void => {
    const [r, g, b] = "slot" in print ? [print.r, print.g, print.b] : print;
    colour.r = r * light;
    colour.g = g * light;
    colour.b = b * light;
    colour.id = id;
  };
  /** Prints the sheet point (px, py), [-1, 1] squared. */
  const sample = (px: number, py: number): void => {
    if (Math.max(Math.abs(px), Math.abs(py)) > window)
      return fill(PAPER, PAPER_ID);
    const x = px / window;
    const y = py / window;
    let region = last;
    let light = 1;
    if (last > 0) {
      project(view, x, y, swayed, 0);
      const [sx, sy] = [swayed[0]!, swayed[1]!];
      let near = 1e9;
      for (let k = 0; k < last; k++) {
        const d = inside(shapes[k]!, sx, sy);
        near = Math.min(near, Math.abs(d));
        if (d > 0) {
          region = k;
          break;
        }
      }
      if (plan.line === "rule" && near < plan.rule) return fill(rule, RULE_ID);
      if (plan.line === "shadow" && region > 0) {
        let over = -1e9;
        for (let k = 0; k < region; k++)
          over = Math.max(
            over,
            inside(shapes[k]!, sx - SHADOW.x, sy - SHADOW.y),
          );
        const t = 1 + over / SHADOW.width;
        if (t > 0) light = 1 - SHADOW.depth * Math.min(1, t) * Math.min(1, t);
      }
    }
    const stack = sheets[region]!;
    for (let k = 0; k < stack.length; k++) {
      const { print, even, shows } = stack[k]!;
      if (!print) return fill(even!, region * 64 + k * 8, light);
      const printed = print(x, y);
      if (shows) {
        project(view, x, y, swayed, 0);
        if (!shows(swayed[0]!, swayed[1]!, printed.slot)) continue;
      }
      return fill(printed, region * 64 + k * 8 + printed.slot, light);
    }
  };

  const rgb = new Uint8Array(size * size * 3);
  const ids = new Int32Array(size * size);
  const step = 2 / size;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      sample((x + 0.5) * step - 1, (y + 0.5) * step - 1);
      const at = y * size + x;
      ids[at] = colour.id;
      rgb[3 * at] = Math.floor(colour.r + 0.5);
      rgb[3 * at + 1] = Math.floor(colour.g + 0.5);
      rgb[3 * at + 2] = Math.floor(colour.b + 0.5);
    }
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      const id = ids[at];
      const same =
        (x === 0 || ids[at - 1] === id) &&
        (x === size - 1 || ids[at + 1] === id) &&
        (y === 0 || ids[at - size] === id) &&
        (y === size - 1 || ids[at + size] === id);
      if (same) continue;
      let [r, g, b] = [0, 0, 0];
      for (let k = 0; k < SAMPLES.length; k += 2) {
        sample(
          (x + 0.5 + SAMPLES[k]! / 16) * step - 1,
          (y + 0.5 + SAMPLES[k + 1]! / 16) * step - 1,
        );
        r += colour.r;
        g += colour.g;
        b += colour.b;
      }
      rgb[3 * at] = Math.floor(r / COUNT + 0.5);
      rgb[3 * at + 1] = Math.floor(g / COUNT + 0.5);
      rgb[3 * at + 2] = Math.floor(b / COUNT + 0.5);
    }
  return rgb;
}
