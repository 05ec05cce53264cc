/**
 * A contact sheet of works as the loop would pick them: each seed's first candidate that passes the guard and is no
 * near-duplicate. `node test/bench/sheet.ts --seed spring --count 48 --out /tmp/sheet.png`; nobody picks by hand.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { encodePng } from "../../offchain/generator/png.ts";
import { renderWork } from "../../offchain/generator/work/render.ts";
import { createPicker } from "./works.ts";

const GAP = 12;
const WALL = 231;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "spring" },
    count: { type: "string", default: "48" },
    size: { type: "string", default: "512" },
    thumb: { type: "string", default: "184" },
    columns: { type: "string", default: "8" },
    weights: { type: "string" },
    out: { type: "string", default: "/tmp/sheet.png" },
    verbose: { type: "boolean", default: false },
  },
});
const [count, size, thumb, columns] = [
  values.count,
  values.size,
  values.thumb,
  values.columns,
].map(Number) as [number, number, number, number];

const { model, pick } = await createPicker(values.seed, values.weights);
const rejected = new Map<string, number>();
const works: Uint8Array[] = [];
for (let index = 0; index < count; index++) {
  for (const { traits, plan, reasons } of pick(index)) {
    if (values.verbose)
      console.log(index, Object.values(traits).join(" "), reasons.join(", "));
    for (const reason of reasons)
      rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
    if (reasons.length === 0)
      works.push(shrink(renderWork(model, plan, size), size, thumb));
  }
}

const rows = Math.ceil(works.length / columns);
const [width, height] = [
  columns * (thumb + GAP) + GAP,
  rows * (thumb + GAP) + GAP,
];
const rgb = new Uint8Array(width * height * 3).fill(WALL);
works.forEach((work, k) => {
  const left = GAP + (k % columns) * (thumb + GAP);
  const top = GAP + Math.floor(k / columns) * (thumb + GAP);
  for (let y = 0; y < thumb; y++)
    rgb.set(
      work.subarray(y * thumb * 3, (y + 1) * thumb * 3),
      ((top + y) * width + left) * 3,
    );
});
writeFileSync(values.out, encodePng(rgb, { width, height }));
console.log(
  `${works.length} works; rejected: ${JSON.stringify(Object.fromEntries(rejected))}`,
);

/** Area average from `from` to `to` pixels a side. */
function shrink(source: Uint8Array, from: number, to: number): Uint8Array {
  const out = new Uint8Array(to * to * 3);
  const ratio = from / to;
  for (let y = 0; y < to; y++)
    for (let x = 0; x < to; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        let area = 0;
        for (let v = Math.floor(y * ratio); v < (y + 1) * ratio; v++)
          for (let u = Math.floor(x * ratio); u < (x + 1) * ratio; u++) {
            const share =
              (Math.min(v + 1, (y + 1) * ratio) - Math.max(v, y * ratio)) *
              (Math.min(u + 1, (x + 1) * ratio) - Math.max(u, x * ratio));
            sum += share * source[(v * from + u) * 3 + c]!;
            area += share;
          }
        out[(y * to + x) * 3 + c] = Math.round(sum / area);
      }
  return out;
}
