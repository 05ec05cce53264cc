import { CODES, type Decoder } from "../adapter/adapter.ts";
import type { Colour } from "../work/colours.ts";

import type { TunedModel } from "./model.ts";
import { contrastOf } from "./tones.ts";

/** What is known of one training picture: its codes, and what they print. */
export type Donor = Readonly<{
  name: string;
  /** [grid][grid][CODES] */
  codes: Float32Array;
  /** Eight colours. */
  palette: readonly Colour[];
  /** The slot that wins in the middle of each cell. */
  slots: Uint8Array;
  /** Part of the picture that each slot wins, 0..1. */
  parts: readonly number[];
  /** For each slot the mean share of every slot where it wins: what is seen there is their mixture. */
  mixes: readonly (readonly number[])[];
  /** Whether each slot is ground: what lies around the picture's rim. */
  ground: readonly boolean[];
  /** 1 for each cell of the ground that is reached from the rim. */
  outside: Uint8Array;
  /** Part of the picture that lies inside, 0..1. */
  figure: number;
}>;

export type Survey = Readonly<{
  grid: number;
  donors: readonly Donor[];
  /** Mean share of the winning slot: near 1 where the pictures are flat shapes, about a half where they are painted. */
  flatness: number;
  /** How far the greys of a picture spread, the median of them. */
  contrast: number;
}>;

/** What a survey looks at. */
type Surveyed = Pick<TunedModel, "adapter" | "decoder">;

const surveys = new WeakMap<Decoder, Survey>();
/** A slot that wins this much of the rim is ground. */
const GROUND = 0.22;

/** Looks at every donor of a model, once. */
export function surveyOf(model: Surveyed): Survey {
  let survey = surveys.get(model.decoder);
  if (!survey) surveys.set(model.decoder, (survey = look(model)));
  return survey;
}

function look({ adapter, decoder }: Surveyed): Survey {
  const { grid, pictures } = adapter;
  const cells = grid * grid;
  const logits = new Float32Array(cells * 8);
  let flatness = 0;
  let figures = 0;
  const donors = pictures.map((name, i): Donor => {
    const codes = adapter.codes.subarray(
      i * cells * CODES,
      (i + 1) * cells * CODES,
    );
    decoder.logits(codes, logits);
    const slots = new Uint8Array(cells);
    const parts = Array.from({ length: 8 }, () => 0);
    const rim = Array.from({ length: 8 }, () => 0);
    const sure = new Float64Array(cells);
    const mixes = Array.from({ length: 8 }, () =>
      Array.from({ length: 8 }, () => 0),
    );
    let rimCells = 0;
    for (let k = 0; k < cells; k++) {
      let best = 0;
      for (let s = 1; s < 8; s++)
        if (logits[8 * k + s]! > logits[8 * k + best]!) best = s;
      slots[k] = best;
      parts[best] = parts[best]! + 1 / cells;
      const shares = Array.from({ length: 8 }, (_, s) =>
        power(logits[8 * k + s]! - logits[8 * k + best]!),
      );
      const sum = shares.reduce((all, share) => all + share, 0);
      shares.forEach((share, s) => (mixes[best]![s]! += share / sum));
      sure[k] = 1 / sum;
      const x = k % grid;
      const y = (k - x) / grid;
      if (Math.min(x, y, grid - 1 - x, grid - 1 - y) < 2) {
        rim[best] = rim[best]! + 1;
        rimCells++;
      }
    }
    const ground = rim.map((count) => count > GROUND * rimCells);
    const outside = reach(slots, ground, grid);
    let inside = 0;
    for (let k = 0; k < cells; k++) {
      if (outside[k]) continue;
      inside++;
      figures++;
      flatness += sure[k]!;
    }
    return {
      name,
      codes,
      slots,
      parts,
      mixes: mixes.map((row, s) =>
        row.map((share) => share / Math.max(1, parts[s]! * cells)),
      ),
      ground,
      outside,
      figure: inside / cells,
      palette: Array.from({ length: 8 }, (_, s): Colour => {
        const at = (i * 8 + s) * 3;
        const [r, g, b] = adapter.palettes.subarray(at, at + 3);
        return [r!, g!, b!];
      }),
    };
  });
  const spreads = donors
    .map((donor) => contrastOf(donor, donor.palette))
    .sort((a, b) => a - b);
  return {
    grid,
    donors,
    flatness: flatness / Math.max(1, figures),
    contrast: spreads[spreads.length >> 1] ?? 0,
  };
}

/** The cells of ground that hang together with the rim. */
function reach(
  slots: Uint8Array,
  ground: readonly boolean[],
  grid: number,
): Uint8Array {
  const outside = new Uint8Array(grid * grid);
  const open: number[] = [];
  const visit = (k: number): void => {
    if (outside[k] || !ground[slots[k]!]) return;
    outside[k] = 1;
    open.push(k);
  };
  for (let i = 0; i < grid; i++) {
    visit(i);
    visit(i * grid);
    visit(i * grid + grid - 1);
    visit((grid - 1) * grid + i);
  }
  for (let k = open.pop(); k !== undefined; k = open.pop()) {
    const x = k % grid;
    if (x > 0) visit(k - 1);
    if (x < grid - 1) visit(k + 1);
    if (k >= grid) visit(k - grid);
    if (k < grid * (grid - 1)) visit(k + grid);
  }
  return outside;
}

/** e^x for x of at most 0, nearly: (1 + x/32)^32. */
export function power(x: number): number {
  let e = 1 + x * 0.03125;
  if (e <= 0) return 0;
  e *= e;
  e *= e;
  e *= e;
  e *= e;
  return e * e;
}
