/**
 * Draws a folder of pictures to try tuning on, with its licences file: `npm run sample:pictures`, or with another folder's name.
 * They are drawn by our own code and dedicated to the public domain.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { drawChart } from "../../offchain/adapters/chart-png.ts";
import { blockPrints } from "./sample/block-prints.ts";

const folder = process.argv[2] ?? "out/pictures";
await mkdir(folder, { recursive: true });
const images = [];
for (const { name, svg } of blockPrints()) {
  const file = `${name.toLowerCase().replace(" ", "-")}.png`;
  await writeFile(join(folder, file), await drawChart(svg));
  images.push({ file, title: name });
}
const licences = {
  version: 1,
  title: "Block prints",
  curator: "The founders of Generative Loop",
  notes: ["Drawn by a program of our own, for trying out."],
  default: {
    licence: "CC0-1.0",
    rightsHolder: "Nobody: dedicated to the public domain",
    origin: "Drawn by test/bench/sample of Generative Loop",
    consent: {
      training: "allowed",
      by: "The founders of Generative Loop",
      statement: "May be used for anything, training among it.",
    },
  },
  images,
};
await writeFile(
  join(folder, "licences.json"),
  `${JSON.stringify(licences, null, 2)}\n`,
);
console.log(`${images.length} pictures and licences.json in ${folder}`);
