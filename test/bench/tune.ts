/**
 * Tunes on a folder of PNGs, no dataset needed: `node test/bench/tune.ts FOLDER [--out a.safetensors] [--count 24] [--rank 8]
 * [--steps N] [--precision int8 of the file and sheet] [--sheet sheet.png] [--plan grid=40 --plan noise=120]`. LOOP_DATA may hold the folder. Prints time, size
 * and how near the decoded pictures are to the originals: PSNR at 128 pixels a side, 2 x 2 points each, of the file as stored.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

import sharp from "sharp";

import type { Precision } from "../../offchain/generator/adapter/adapter.ts";
import { openAdapter } from "../../offchain/generator/adapter/decode.ts";
import { createDecoder } from "../../offchain/generator/adapter/decoder.ts";
import { drawDonor } from "../../offchain/generator/adapter/draw.ts";
import { loadTunedKernels } from "../../offchain/generator/kernels/load.ts";
import { decodeWeights } from "../../offchain/generator/model/weights.ts";
import { planTuning } from "../../offchain/generator/tuning/plan.ts";
import { createTuner } from "../../offchain/generator/tuning/tuner.ts";
import { toHex } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";

const SIDE = 256;
const VIEW = 128;
const generator = new URL("../../offchain/generator/", import.meta.url);
const recipe = new URL("../../offchain/recipes/genesis/", import.meta.url);
const text = { type: "string" } as const;
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: text,
    count: text,
    rank: text,
    steps: text,
    precision: text,
    sheet: text,
    plan: { type: "string", multiple: true },
  },
});
const folder = join(process.env.LOOP_DATA ?? "", positionals[0] ?? ".");
const raw = async (file: string, side: number): Promise<Uint8Array> => {
  const picture = sharp(file).removeAlpha().toColourspace("srgb");
  const cut = picture.resize(side, side, { fit: "cover", kernel: "lanczos3" });
  return new Uint8Array(await cut.raw().toBuffer());
};

const all = (await readdir(folder)).filter((name) => name.endsWith(".png"));
const files = all.toSorted().slice(0, Number(options.count ?? 40));
const pictures = await Promise.all(
  files.map(async (file) => ({
    name: basename(file, ".png").slice(0, 40),
    rgb: await raw(join(folder, file), SIDE),
  })),
);
const kernels = await readFile(new URL("kernels/tuned.wasm", generator));
const weightsFile = await readFile(new URL("base.weights", recipe));
const weights = decodeWeights(weightsFile);
const planned = planTuning({
  pictures: pictures.length,
  rank: Number(options.rank ?? 8),
  ...(options.steps === undefined ? {} : { steps: Number(options.steps) }),
});
const changes = (options.plan ?? []).map((change) => change.split("="));
const plan = {
  ...planned,
  ...Object.fromEntries(changes.map(([k, v]) => [k, Number(v)])),
};
console.log(`${pictures.length} pictures, plan ${JSON.stringify(plan)}`);

const tuner = createTuner(await loadTunedKernels(kernels), {
  weights,
  base: toHex(sha256(weightsFile)),
  dataset: toHex(new Uint8Array(32)),
  pictures,
  plan,
});
const decibels = (error: number): string =>
  (-10 * Math.log10(error)).toFixed(2);
const began = performance.now();
const processor = process.cpuUsage();
let smooth = 0;
while (!tuner.done()) {
  const loss = tuner.advance();
  smooth = smooth === 0 ? loss : smooth * 0.98 + loss * 0.02;
  if (tuner.step() % 500 !== 0 && !tuner.done()) continue;
  const pace = (performance.now() - began) / tuner.step();
  const held = decibels(tuner.validation() ?? 1);
  console.log(
    `step ${tuner.step()} loss ${decibels(smooth)} dB, held out ${held} dB, ${pace.toFixed(1)} ms a step`,
  );
}
const { user, system } = process.cpuUsage(processor);
const spent = ((performance.now() - began) / 1000).toFixed(0);
console.log(
  `${spent} s, ${((user + system) / 1e6).toFixed(0)} CPU-seconds${tuner.early() ? ", stopped early" : ""}`,
);

const k = await loadTunedKernels(kernels);
const near = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, x, i) => sum + ((x - b[i]!) / 255) ** 2, 0) / a.length;
/** A picture at half its size: means of 2 x 2 pixels. */
const halve = (rgb: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: VIEW * VIEW * 3 }, (_, j) => {
    const [x, y] = [Math.floor(j / 3) % VIEW, Math.floor(j / (3 * VIEW))];
    const at = (y * 2 * SIDE + x * 2) * 3 + (j % 3);
    const below = at + SIDE * 3;
    return (rgb[at]! + rgb[at + 3]! + rgb[below]! + rgb[below + 3]!) / 4;
  });
const originals = pictures.map(({ rgb }) => halve(rgb));
const chosen = (options.precision ?? "int8") as Precision;
let drawn: Uint8Array[] = [];
for (const precision of ["f32", "f16", "int8"] as const) {
  const file = tuner.bytes(precision);
  const adapter = openAdapter(file, weightsFile);
  const top = k.mark();
  const decoder = createDecoder({ kernels: k, weights, adapter });
  const decoded = originals.map((_, i) =>
    drawDonor(k, adapter, decoder, i, VIEW),
  );
  k.release(top);
  const errors = decoded.map((picture, i) => near(picture, originals[i]!));
  const mean = errors.reduce((a, b) => a + b) / errors.length;
  const each =
    errors.reduce((sum, e) => sum - 10 * Math.log10(e), 0) / errors.length;
  console.log(
    `${precision.padEnd(5)} clean decode ${decibels(mean)} dB (mean of decibels ${each.toFixed(2)}, worst picture ${decibels(Math.max(...errors))}), ${file.length} bytes`,
  );
  if (precision !== chosen) continue;
  if (options.out !== undefined) await writeFile(options.out, file);
  drawn = decoded.flatMap((picture, i) => [originals[i]!, picture]);
}
if (options.sheet !== undefined) {
  const columns = 12;
  const input = { width: VIEW, height: VIEW, channels: 3 as const };
  await sharp({
    create: {
      width: columns * (VIEW + 4),
      height: Math.ceil(drawn.length / columns) * (VIEW + 4),
      channels: 3,
      background: "#202020",
    },
  })
    .composite(
      drawn.map((picture, i) => ({
        input: Buffer.from(picture),
        raw: input,
        left: (i % columns) * (VIEW + 4),
        top: Math.floor(i / columns) * (VIEW + 4),
      })),
    )
    .png()
    .toFile(options.sheet);
}
