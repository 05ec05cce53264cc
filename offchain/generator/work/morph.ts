import type { Model } from "../model/model.ts";
import { coloursBetween, WHOLE } from "./colours-between.ts";
import { blend, type Colour, type Colours } from "./colours.ts";
import { sheetBetween } from "./frame.ts";
import {
  askGrid,
  cellsFor,
  nodesOf,
  type Grid,
  type LogitField,
} from "./grid.ts";
import { createMorphInk, type MorphInlay } from "./ink-morph.ts";
import { isOneField, layerBetween } from "./layer-between.ts";
import type { Layer, WorkPlan } from "./plan.ts";
import { drawWork, fieldOf, nodesOn, print } from "./render.ts";

/**
 * Draws a picture on the way between two plans, `share` thousandths of it: not two pictures laid over each other, but one. Logits are
 * mixed at the nodes of one lattice, so that each edge is as crisp as at either end; colours, outlines and lines go over in between.
 * Its ends are the works themselves, byte for byte.
 */
export function drawMorph(
  field: LogitField,
  [from, to]: readonly [WorkPlan, WorkPlan],
  share: number,
  size: number,
): Uint8Array {
  if (share <= 0) return drawWork(field, from, size);
  if (share >= WHOLE) return drawWork(field, to, size);
  const t = share / WHOLE;
  const sheet = sheetBetween(from.frame, to.frame, t);
  const cells = cellsFor(size * sheet.scale);
  const shown = nodesOn(sheet, cells);
  const ask = (layer: Layer, nodes: Uint32Array): Grid =>
    askGrid(field, layer, cells, nodes);
  const main = mixed(from.layer, to.layer, t, (layer) => ask(layer, shown));
  const colours = coloursBetween(from.colours, to.colours, share);
  const textile = inlayBetween(from, to, t, colours);
  const inlay = textile && {
    ...textile,
    grid: mixed(textile.layers[0], textile.layers[1], t, (layer) =>
      ask(layer, nodesOf(main, textile.slots)),
    ),
  };
  const ink = createMorphInk({
    from,
    to,
    t,
    sheet,
    main,
    inlay,
    colours,
    size,
  });
  return print(ink, size);
}

/** {@link drawMorph} with the model's own network. */
export function renderMorph(
  model: Model,
  ends: readonly [WorkPlan, WorkPlan],
  share: number,
  size: number,
): Uint8Array {
  return drawMorph(fieldOf(model), ends, share, size);
}

/** One field seen from between two looks at it where that is one field, else the logits of both, mixed. */
function mixed(
  from: Layer,
  to: Layer,
  t: number,
  ask: (layer: Layer) => Grid,
): Grid {
  if (isOneField(from, to)) return ask(layerBetween(from, to, t));
  const [a, b] = [ask(from), ask(to)];
  const logits = new Float32Array(a.logits.length);
  for (let i = 0; i < logits.length; i++)
    logits[i] = a.logits[i]! * (1 - t) + b.logits[i]! * t;
  return { cells: a.cells, logits };
}

type Textile = Omit<MorphInlay, "grid"> &
  Readonly<{ layers: readonly [Layer, Layer] }>;

/** One textile bends from one end to the other where both have the same regions and field; else one fades before the other comes. */
function inlayBetween(
  from: WorkPlan,
  to: WorkPlan,
  t: number,
  colours: Colours,
): Textile | null {
  const [a, b] = [from.inlay, to.inlay];
  if (
    a &&
    b &&
    a.slots.join() === b.slots.join() &&
    isOneField(a.layer, b.layer)
  )
    return {
      slots: a.slots,
      layers: [a.layer, b.layer],
      tones: a.tones.map((tones, i) =>
        tones.map((tone, slot) =>
          blend(tone, b.tones[i]?.[slot] ?? tone, Math.floor(t * WHOLE + 0.5)),
        ),
      ),
      share: 1,
    };
  const [inlay, plan, share] =
    t < 0.5 ? [a, from, 1 - 2 * t] : [b, to, 2 * t - 1];
  if (!inlay || share <= 0) return null;
  // The region goes over to another colour, and its tones with it.
  const tones = inlay.slots.map((slot, i) => {
    const [own, now] = [plan.colours.slots[slot]!, colours.slots[slot]!];
    const put = (tone: Colour, c: 0 | 1 | 2): number =>
      Math.min(255, Math.max(0, tone[c] + now[c] - own[c]));
    return inlay.tones[i]!.map((tone): Colour => [
      put(tone, 0),
      put(tone, 1),
      put(tone, 2),
    ]);
  });
  const layers = [inlay.layer, inlay.layer] as const;
  return { slots: inlay.slots, layers, tones, share };
}
