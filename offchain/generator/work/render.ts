import { conditioning, oneFamily } from "../model/conditioning.ts";
import { createField, type Field } from "../model/field.ts";
import type { Model } from "../model/model.ts";

import { sheetOf, type Sheet } from "./frame.ts";
import {
  askGrid,
  cellsFor,
  nodesOf,
  nodesWhere,
  type LogitField,
} from "./grid.ts";
import { GRAIN } from "./finish.ts";
import { createInk, PARTS, type Ink } from "./ink.ts";
import type { WorkPlan } from "./plan.ts";

/** Where a pixel that an edge crosses is sampled, sixteenths from its middle: eight rooks, so that no edge lines up with two. */
const SAMPLES = [1, -3, -1, 3, 5, 1, -3, -5, -5, 5, -7, -1, 3, 7, 7, -7];
const SAMPLE_COUNT = SAMPLES.length / 2;
/** Points per call into the kernels; results do not depend on it. */
const POINTS = 4096;

const fields = new WeakMap<Model, Field>();

/**
 * Renders a planned work: RGB, `size` squared (64 to 4096), row by row from the top left.
 * The same bytes on every machine, in any worker, in any order of calls.
 */
export function renderWork(
  model: Model,
  plan: WorkPlan,
  size: number,
): Uint8Array {
  return drawWork(fieldOf(model), plan, size);
}

/** The model's network as a field of logits; made once. */
export function fieldOf(model: Model): LogitField {
  let made = fields.get(model);
  if (!made) fields.set(model, (made = createField(model, { points: POINTS })));
  const field = made;
  return ({ family, order, style }, xy, logits) =>
    field.evaluate({
      latent: conditioning({ families: oneFamily(family), order, u: style }),
      temperature: 1,
      xy,
      logits,
    });
}

/**
 * Draws a plan: RGB, `size` squared, row by row from the top left.
 * The field is asked once per node of a lattice; pixels are then read off it, one sample each, and eight where a
 * neighbour differs. So edges are sharp at any size, and size costs little.
 */
export function drawWork(
  field: LogitField,
  plan: WorkPlan,
  size: number,
): Uint8Array {
  const sheet = sheetOf(plan.frame);
  const cells = cellsFor(size * sheet.scale);
  const shown = nodesOn(sheet, cells);
  const main = askGrid(field, plan.layer, cells, shown);
  const inner = plan.inlay
    ? askGrid(field, plan.inlay.layer, cells, nodesOf(main, plan.inlay.slots))
    : null;
  return print(createInk(plan, main, inner, size), size);
}

/** The nodes of a lattice that a sheet shows. */
export function nodesOn(sheet: Sheet, cells: number): Uint32Array {
  const slack = 4 / cells;
  return nodesWhere(cells, (x, y) =>
    sheet.near(x * sheet.scale, y * sheet.scale, slack),
  );
}

/** Prints every pixel of a sheet: RGB, one sample each, and eight where a neighbour differs. */
export function print(ink: Ink, size: number): Uint8Array {
  const rgb = new Uint8Array(size * size * 3);
  const fine = Math.max(size, GRAIN);
  const cellOf = (x: number, y: number): number =>
    Math.floor((y * GRAIN) / fine) * 4096 + Math.floor((x * GRAIN) / fine);

  /** Prints a row of pixels, one sample each, and notes the ids. */
  const readRow = (y: number, ids: Int32Array): void => {
    for (let x = 0; x < size; x++) {
      const { colour, id } = ink(
        x * PARTS + PARTS / 2,
        y * PARTS + PARTS / 2,
        cellOf(x, y),
      );
      ids[x] = id;
      const at = (y * size + x) * 3;
      for (let c = 0; c < 3; c++) rgb[at + c] = Math.floor(colour[c]! + 0.5);
    }
  };
  /** Prints one pixel again from several samples. */
  const refine = (x: number, y: number): void => {
    const cell = cellOf(x, y);
    let r = 0;
    let g = 0;
    let b = 0;
    for (let k = 0; k < SAMPLES.length; k += 2) {
      const across = x * PARTS + PARTS / 2 + SAMPLES[k]!;
      const down = y * PARTS + PARTS / 2 + SAMPLES[k + 1]!;
      const { colour } = ink(across, down, cell);
      r += colour[0];
      g += colour[1];
      b += colour[2];
    }
    const at = (y * size + x) * 3;
    rgb[at] = Math.floor(r / SAMPLE_COUNT + 0.5);
    rgb[at + 1] = Math.floor(g / SAMPLE_COUNT + 0.5);
    rgb[at + 2] = Math.floor(b / SAMPLE_COUNT + 0.5);
  };

  let [above, here, below] = [
    new Int32Array(size),
    new Int32Array(size),
    new Int32Array(size),
  ];
  readRow(0, here);
  above.set(here);
  for (let y = 0; y < size; y++) {
    if (y + 1 < size) readRow(y + 1, below);
    else below.set(here);
    for (let x = 0; x < size; x++) {
      const id = here[x];
      const left = x > 0 ? here[x - 1] : id;
      const right = x + 1 < size ? here[x + 1] : id;
      if (left !== id || right !== id || above[x] !== id || below[x] !== id)
        refine(x, y);
    }
    [above, here, below] = [here, below, above];
  }
  return rgb;
}
