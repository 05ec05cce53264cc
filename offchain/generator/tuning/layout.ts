import { CODES } from "../adapter/adapter.ts";
import { tunedLayers, type AdapterShape } from "../adapter/shape.ts";

/** A run of trained numbers: where it lies in the flat list, and how fast it learns. */
export type TunedPart = {
  readonly name: string;
  readonly at: number;
  readonly size: number;
};

/** Where every trained number lies. Ranks are padded to a multiple of 8 for the kernels; the padding stays zero. */
export type TuningLayout = {
  readonly parts: readonly TunedPart[];
  readonly size: number;
  /** The rank as padded. */
  readonly padded: number;
  readonly part: (name: string) => TunedPart;
};

/** Numbers of one palette, [3][8] as the kernels read it. */
export const PALETTE_SIZE = 24;

/** Lays a tuning run's numbers out: matrices, gains, shifts, bias, palettes, codes. */
export function createTuningLayout(
  shape: AdapterShape & { readonly pictures: number; readonly grid: number },
): TuningLayout {
  const { width, layers, pictures, grid } = shape;
  const padded = (shape.rank + 7) & ~7;
  const parts: TunedPart[] = [];
  const byName = new Map<string, TunedPart>();
  let at = 0;
  const put = (name: string, size: number): void => {
    const part = { name, at, size };
    parts.push(part);
    byName.set(name, part);
    at += size;
  };
  for (const { name, inputs, outputs } of tunedLayers(shape)) {
    put(`${name}.down`, inputs * padded);
    put(`${name}.up`, padded * outputs);
  }
  put("gains", layers * width);
  put("shifts", layers * width);
  put("bias", 8);
  put("palettes", pictures * PALETTE_SIZE);
  put("codes", pictures * grid * grid * CODES);
  return {
    parts,
    size: at,
    padded,
    part: (name) => {
      const found = byName.get(name);
      if (!found) throw new RangeError(`There is no part \`${name}\`.`);
      return found;
    },
  };
}
