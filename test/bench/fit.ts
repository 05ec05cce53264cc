/**
 * How well the weights learned their teachers: `node test/bench/fit.ts [pictures] [weights]`. Per family, over pictures the training
 * never drew: agreement (share of points where the same slot wins), mean squared error of the eight slot weights, PSNR of the colours
 * in a fixed palette, and crispness (share of points whose winner holds more than 0.9), the last two at hardness 3.
 */
import { readFile } from "node:fs/promises";

import {
  conditioning,
  oneFamily,
} from "../../offchain/generator/model/conditioning.ts";
import { createField } from "../../offchain/generator/model/field.ts";
import { loadModel } from "../../offchain/generator/model/model.ts";
import { drawStyle } from "../../offchain/generator/training/batch.ts";
import { FAMILIES } from "../../offchain/generator/training/families/index.ts";
import { createRng } from "../../offchain/kernel/rng.ts";

const POINTS = 4096;
const HARDNESS = 3;
const INKS = [
  "e8dcc4",
  "1b2a41",
  "324a5f",
  "5f7f8c",
  "a9b8a0",
  "f4ead5",
  "d1495b",
  "14110f",
];
const recipe = new URL("../../offchain/recipes/genesis/", import.meta.url);

const pictures = Number(process.argv[2] ?? 12);
const kernels = await readFile(new URL("kernels.wasm", recipe));
const weights = await readFile(
  process.argv[3] ?? new URL("base.weights", recipe),
);
const field = createField(await loadModel({ kernels, weights }), {
  points: POINTS,
});
const palette = new Float32Array(24);
INKS.forEach((ink, slot) => {
  for (let c = 0; c < 3; c++)
    palette[8 * c + slot] =
      Number.parseInt(ink.slice(2 * c, 2 * c + 2), 16) / 255;
});

const lead = (w: Float32Array): number =>
  w.reduce((best, x, i) => (x > (w[best] ?? 0) ? i : best), 0);
const row = (
  name: string,
  agree: number,
  error: number,
  psnr: number,
  crisp: number,
): void => {
  const percent = (x: number): string =>
    `${(100 * x).toFixed(1)} %`.padStart(9);
  console.log(
    name.padEnd(10) +
      percent(agree) +
      error.toFixed(4).padStart(9) +
      psnr.toFixed(1).padStart(7) +
      percent(crisp),
  );
};

console.log("family        agree    error   PSNR    crisp");
const mean = [0, 0, 0, 0] as [number, number, number, number];
for (const { name, index, sample } of FAMILIES) {
  const rng = createRng(new Uint8Array(32).fill(201));
  let [agree, error, squares, crisp] = [0, 0, 0, 0];
  for (let picture = 0; picture < pictures; picture++) {
    const { u, order } = drawStyle(rng);
    const draw = sample(u, order);
    const xy = Float32Array.from({ length: POINTS * 2 }, () => rng.signed());
    const [soft, hard, rgb] = [
      new Float32Array(POINTS * 8),
      new Float32Array(POINTS * 8),
      new Float32Array(POINTS * 3),
    ];
    const query = {
      latent: conditioning({ families: oneFamily(index), order, u }),
      palette,
      xy,
    };
    field.evaluate({ ...query, temperature: 1, weights: soft });
    field.evaluate({ ...query, temperature: HARDNESS, weights: hard, rgb });
    const target = new Float32Array(8);
    for (let p = 0; p < POINTS; p++) {
      draw(xy[2 * p] ?? 0, xy[2 * p + 1] ?? 0, target);
      const own = hard.subarray(8 * p, 8 * p + 8);
      if (lead(own) === lead(target)) agree++;
      if (Math.max(...own) > 0.9) crisp++;
      target.forEach((t, i) => (error += (t - (soft[8 * p + i] ?? 0)) ** 2));
      for (let c = 0; c < 3; c++) {
        const colour = target.reduce(
          (sum, t, i) => sum + t * (palette[8 * c + i] ?? 0),
          0,
        );
        squares += (colour - (rgb[3 * p + c] ?? 0)) ** 2;
      }
    }
  }
  const n = pictures * POINTS;
  const figures = [
    agree / n,
    error / n,
    -10 * Math.log10(squares / (3 * n)),
    crisp / n,
  ] as const;
  figures.forEach((x, i) => (mean[i] = (mean[i] ?? 0) + x / FAMILIES.length));
  row(name, ...figures);
}
row("mean", ...mean);
