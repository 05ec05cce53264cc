/**
 * What exploring costs, and how well it finds: `node test/bench/explore.ts`. A grid of 25 works at 256 pixels; works searched by their
 * own pictures (8, of seeds that the search does not try); a way between works, frame by frame.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { createEnginePool } from "../../offchain/adapters/engine-pool.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../offchain/kernel/observation.ts";
import { dialsOf } from "../../offchain/loop/explore-dials.ts";
import { draw } from "../../offchain/loop/explore-draw.ts";
import { searchLike } from "../../offchain/loop/explore-like.ts";
import {
  differenceOf,
  legsOf,
  onTheWay,
  pathFilm,
} from "../../offchain/loop/explore-path.ts";
import { gridAround } from "../../offchain/loop/explore-sheets.ts";
import { seedOf, workOfSeed } from "../../offchain/loop/explore-works.ts";
import {
  distanceOf,
  LOOK_SIZE,
  lookAt,
} from "../../offchain/loop/picture-distance.ts";
import { loadRecipe } from "../../offchain/loop/recipe.ts";
import { table } from "./evolution/figures.ts";

const { values } = parseArgs({
  options: {
    workers: { type: "string", default: "2" },
    examples: { type: "string", default: "8" },
    candidates: { type: "string", default: "240" },
    frames: { type: "string", default: "18" },
    size: { type: "string", default: "256" },
  },
});
const [workers, examples, candidates, frames, size] = [
  values.workers,
  values.examples,
  values.candidates,
  values.frames,
  values.size,
].map(Number) as [number, number, number, number, number];

const GENESIS = new URL("../../offchain/recipes/genesis/", import.meta.url);
const names = [
  "base.weights",
  "guard.json",
  "holder-licence.md",
  "kernels.wasm",
  "licences.json",
  "recipe.json",
  "traits.json",
];
const recipe = await loadRecipe(
  new Map(
    names.map((name) => [
      name,
      new Uint8Array(readFileSync(new URL(name, GENESIS))),
    ]),
  ),
);
const pool = createEnginePool({ files: recipe.files, workers });
const progress = { stage: () => undefined, note: () => undefined };
const ports = { pool, progress, recipe };
const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const began = performance.now();
  const result = await work();
  return [result, (performance.now() - began) / 1000];
};
const works = await Promise.all(
  Array.from({ length: Math.max(8, examples) }, (_, i) =>
    workOfSeed(pool, seedOf("bench"), i, NEUTRAL_OBSERVATION),
  ),
);
const [first] = works;
if (first === undefined) throw new Error("there is no work");

const [across, up] = dialsOf(recipe, first.traits);
if (across === undefined || up === undefined) throw new Error("no dials");
const pictures = gridAround(first, [across, up], { stops: 5, reach: 700 });
const [, seconds] = await timed(() =>
  draw(ports, { form: { kind: "sheet", columns: 5 }, size, pictures }),
);
console.log(
  `A grid of 25 at ${size} pixels on ${workers} workers: ${seconds.toFixed(1)} s`,
);

const rows: string[][] = [];
for (const [i, key] of works.slice(0, examples).entries()) {
  const example = await pool.pixels(key, LOOK_SIZE);
  const [{ seed, words, dials }, took] = await timed(() =>
    searchLike(ports, {
      example,
      seed: keccak256(utf8("like")),
      candidates,
      observation: NEUTRAL_OBSERVATION,
    }),
  );
  const other = works[(i + 1) % works.length] ?? key;
  const apart = distanceOf(
    lookAt(example),
    lookAt(await pool.pixels(other, LOOK_SIZE)),
  );
  rows.push([
    Object.values(key.traits).join(" "),
    ...[apart, seed.distance, words.distance, dials.distance, took].map((n) =>
      n.toFixed(3),
    ),
    Object.values(dials.key.traits).join(" "),
  ]);
}
const mean = (column: number): string =>
  (
    rows.reduce((sum, row) => sum + Number(row[column]), 0) / rows.length
  ).toFixed(3);
rows.push(["mean", ...[1, 2, 3, 4, 5].map(mean), ""]);
console.log(
  table(
    [
      "example",
      "another work",
      "by seed",
      "by words",
      "by dials",
      "seconds",
      "found",
    ],
    rows,
  ),
);

const legs = await legsOf(ports, works.slice(0, 4), { frames, closed: true });
const film = pathFilm(legs, size);
const [bytes, drawn] = await timed(() => draw(ports, film));
console.log(
  `A way of ${film.pictures.length} frames at ${size} pixels: ${(film.pictures.length / drawn).toFixed(1)} frames a second, ${Math.round(bytes.length / 1024)} KiB`,
);
const steps = async (shares: readonly number[], leg: (typeof legs)[number]) => {
  const looks = [
    await pool.pixels(leg.from, 128),
    ...(await Promise.all(
      shares.map((share) => pool.pixels(onTheWay(leg, share), 128)),
    )),
    await pool.pixels(leg.to, 128),
  ];
  return looks.slice(1).map((look, i) => differenceOf(looks[i] ?? look, look));
};
const even = Array.from({ length: frames }, (_, i) =>
  Math.round((1000 * (i + 1)) / (frames + 1)),
);
const paced: number[] = [];
const plain: number[] = [];
for (const leg of legs) {
  paced.push(...(await steps(leg.shares, leg)));
  plain.push(...(await steps(even, leg)));
}
const tell = (of: readonly number[]): string =>
  `mean ${(of.reduce((a, b) => a + b, 0) / of.length).toFixed(3)}, worst ${Math.max(...of).toFixed(3)}`;
console.log(
  `Steps between neighbours (RMS, 1 is black to white): ${tell(paced)}`,
);
console.log(`The same frames mixed evenly, without pacing: ${tell(plain)}`);
await pool.close();
