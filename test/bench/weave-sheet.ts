/**
 * A contact sheet of works woven from a tuned model, none picked by hand: `node test/bench/weave-sheet.ts --adapter
 * out/tuned/adapter.safetensors --count 40 --out /tmp/sheet.png` draws by the default odds; `--recipe out/tuned/recipe` by the
 * recipe's own, each work the first candidate that passes its guard. `--fix composition=whole` holds a trait (several with commas
 * between values, or the option again). Prints the seconds that a preview and a picture take.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import sharp from "sharp";

import { loadTunedModel } from "../../offchain/generator/loom/model.ts";
import { planWeave } from "../../offchain/generator/loom/plan.ts";
import { renderWeave } from "../../offchain/generator/loom/render.ts";
import {
  defaultTable,
  kindOf,
  type WeaveTable,
} from "../../offchain/generator/loom/table.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../offchain/kernel/observation.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { candidateSeed } from "../../offchain/kernel/seed.ts";
import { fromHex } from "../../offchain/kernel/bytes.ts";
import type { Traits } from "../../offchain/kernel/traits.ts";
import { createEngine } from "../../offchain/loop/engine.ts";
import { rollTraits } from "../../offchain/rarity/roll.ts";
import { parseTraitTable } from "../../offchain/rarity/table.ts";

const GAP = 8;
const PREVIEW = 64;
const text = { type: "string" } as const;
const { values: options } = parseArgs({
  options: {
    adapter: text,
    recipe: text,
    seed: { ...text, default: "spring" },
    count: { ...text, default: "40" },
    size: { ...text, default: "384" },
    thumb: { ...text, default: "192" },
    columns: { ...text, default: "8" },
    out: { ...text, default: "/tmp/weave-sheet.png" },
    fix: { type: "string", multiple: true },
    verbose: { type: "boolean", default: false },
  },
});
const [count, size, thumb, columns] = [
  options.count,
  options.size,
  options.thumb,
  options.columns,
].map(Number) as [number, number, number, number];
const seed = keccak256(utf8(options.seed));

/** Draws work `index`: its traits and its pixels, after its preview. */
type Draw = (index: number) => {
  traits: Traits;
  times: readonly number[];
  rgb: Uint8Array;
};

const draw = options.recipe
  ? await byRecipe(options.recipe)
  : await byAdapter(options.adapter ?? "adapter.safetensors");
const tiles: { input: Buffer; left: number; top: number }[] = [];
const sums = [0, 0];
for (let index = 0; index < count; index++) {
  const { traits, times, rgb } = draw(index);
  times.forEach((time, k) => (sums[k] = sums[k]! + time / count));
  if (options.verbose)
    console.log(
      index,
      Object.values(traits).join(" | "),
      ...times.map((t) => t.toFixed(0)),
    );
  tiles.push({
    input: await sharp(rgb, { raw: { width: size, height: size, channels: 3 } })
      .resize(thumb)
      .png()
      .toBuffer(),
    left: GAP + (index % columns) * (thumb + GAP),
    top: GAP + Math.floor(index / columns) * (thumb + GAP),
  });
}
const rows = Math.ceil(count / columns);
const sheet = sharp({
  create: {
    width: columns * (thumb + GAP) + GAP,
    height: rows * (thumb + GAP) + GAP,
    channels: 3,
    background: { r: 231, g: 231, b: 231 },
  },
});
writeFileSync(options.out, await sheet.composite(tiles).png().toBuffer());
console.log(
  `${count} works; a preview takes ${(sums[0]! / 1000).toFixed(2)} s, then ${size} pixels ${(sums[1]! / 1000).toFixed(2)} s`,
);

async function byAdapter(file: string): Promise<Draw> {
  const generator = new URL("../../offchain/", import.meta.url);
  const model = await loadTunedModel({
    kernels: readFileSync(new URL("generator/kernels/tuned.wasm", generator)),
    weights: readFileSync(new URL("recipes/genesis/base.weights", generator)),
    adapter: readFileSync(file),
  });
  const { adapter, decoder } = model;
  console.log(`${adapter.pictures.length} donors, ${kindOf(adapter, decoder)}`);
  const table = parseTraitTable(fixed(defaultTable(adapter, decoder)));
  return (index) => {
    const digest = candidateSeed(seed, index, 0);
    const rng = createRng(digest).fork("traits");
    const observation = NEUTRAL_OBSERVATION;
    const traits = rollTraits({ table, rng, observation });
    const began = performance.now();
    const plan = planWeave({ digest, traits, observation }, adapter);
    renderWeave(model, plan, PREVIEW);
    const seen = performance.now();
    const rgb = renderWeave(model, plan, size);
    return { traits, rgb, times: [seen - began, performance.now() - seen] };
  };
}

async function byRecipe(folder: string): Promise<Draw> {
  const names = readdirSync(folder);
  const engine = await createEngine(
    new Map(
      names.map((name) => [
        name,
        new Uint8Array(readFileSync(join(folder, name))),
      ]),
    ),
  );
  return (index) => {
    const began = performance.now();
    const tried = engine.screen(seed, index, 0, NEUTRAL_OBSERVATION);
    const { digest, traits } = tried.at(-1)!;
    const seen = performance.now();
    const rgb = engine.pixels(
      { digest: fromHex(digest), traits, observation: NEUTRAL_OBSERVATION },
      size,
    );
    return {
      traits,
      rgb,
      times: [(seen - began) / tried.length, performance.now() - seen],
    };
  };
}

/** The table with the traits of `--fix` held to the values given. */
function fixed(table: WeaveTable): WeaveTable {
  const held = new Map(
    (options.fix ?? []).map((one) => {
      const [name, values] = one.split("=");
      return [name!, values!.split(",")];
    }),
  );
  return {
    ...table,
    traits: table.traits.map(({ name, values }) => ({
      name,
      values: values.map((value) => ({
        name: value.name,
        weight: held.has(name)
          ? Number(held.get(name)!.includes(value.name))
          : value.weight,
      })),
    })),
  };
}
