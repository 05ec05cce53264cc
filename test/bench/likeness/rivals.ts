import type { Colour } from "../../../offchain/generator/work/colours.ts";
import { CODES } from "../../../offchain/generator/adapter/adapter.ts";
import { renderWork } from "../../../offchain/generator/work/render.ts";
import { createPicker } from "../works.ts";
import type { Tuned } from "./model.ts";

const SIZE = 64;

/** What new works are compared with besides the dataset: name to pictures of 64 x 64 x 3 bytes. */
export async function rivals(
  pictures: readonly Uint8Array[],
  { adapter, donor }: Tuned,
  count: number,
): Promise<Map<string, Uint8Array[]>> {
  const { model, pick } = await createPicker("rivals");
  const plans = Array.from({ length: count }, (_, i) => pick(i).at(-1)!.plan);
  const donors = adapter.pictures.map((_, i) => i);
  const cells = adapter.grid * adapter.grid * CODES;
  const codes = (i: number): Float32Array =>
    adapter.codes.subarray(i * cells, (i + 1) * cells);
  /** Another place, never the same, each time another. */
  const other = (i: number, of: number): number =>
    (i + 1 + ((3 * i) % (of - 1))) % of;
  return new Map([
    ["base works", plans.map((plan) => renderWork(model, plan, SIZE))],
    [
      "base works in dataset palettes",
      plans.map((plan, i) => {
        const slots = paletteOf(adapter.palettes, i % donors.length);
        const colours = { ...plan.colours, slots };
        return renderWork(model, { ...plan, colours, inlay: null }, SIZE);
      }),
    ],
    [
      "mean of two pictures",
      pictures.map((picture, i) => {
        const second = pictures[other(i, pictures.length)]!;
        return picture.map((level, k) => (level + second[k]!) >> 1);
      }),
    ],
    [
      "mean of two code grids",
      donors.map((i) => {
        const second = codes(other(i, donors.length));
        return donor(
          i,
          SIZE,
          codes(i).map((value, k) => (value + second[k]!) / 2),
        );
      }),
    ],
    ["reconstructions", donors.map((i) => donor(i, SIZE))],
  ]);
}

function paletteOf(palettes: Uint8Array, donor: number): Colour[] {
  return Array.from({ length: 8 }, (_, slot): Colour => [
    palettes[donor * 24 + slot * 3]!,
    palettes[donor * 24 + slot * 3 + 1]!,
    palettes[donor * 24 + slot * 3 + 2]!,
  ]);
}
