/**
 * Do new works of a tuned model look like its dataset, and is none a copy? `node test/bench/likeness.ts --adapter a.safetensors
 * --images FOLDER [--works 40] [--candidates 72] [--seed likeness] [--out sheet.png]`. FOLDER holds the pictures that it was tuned
 * on, or is a sealed dataset's `images`; LOOP_DATA may hold it. Calibrates as `tune` does, draws works as a batch would, and prints
 * kernel distance, nearest picture and nearest patch of them and of what they must be better than; what each composition
 * gives; and what the guard rejects. The space, the distances and what "no larger" means: offchain/generator/likeness/README.md.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { featureSpace } from "../../offchain/generator/likeness/features.ts";
import {
  halvesInterval,
  kernelInterval,
  noFurtherThanHalves,
  type Interval,
} from "../../offchain/generator/likeness/kernel-distance.ts";
import {
  median,
  neighbours,
  relativeNearness,
} from "../../offchain/generator/likeness/nearest.ts";
import { calibrate } from "../../offchain/loop/calibrate.ts";
import { openTuned } from "./likeness/model.ts";
import { contactSheet, picturesIn } from "./likeness/pictures.ts";
import { rivals } from "./likeness/rivals.ts";
import { drawBatch } from "./likeness/works.ts";

const { values: options } = parseArgs({
  options: {
    adapter: { type: "string" },
    images: { type: "string", default: "." },
    works: { type: "string", default: "40" },
    candidates: { type: "string", default: "72" },
    seed: { type: "string", default: "likeness" },
    out: { type: "string" },
  },
});
if (options.adapter === undefined) throw new Error("Give --adapter FILE.");
const count = Number(options.works);
const pictures = await picturesIn(
  join(process.env["LOOP_DATA"] ?? "", options.images),
);
const tuned = await openTuned(options.adapter);
const references = tuned.adapter.pictures.map((_, i) => tuned.donor(i, 64));

const began = performance.now();
const { table, guard, leniency, dropped, check } = await calibrate({
  table: tuned.table,
  donors: ["motif", "second", "third", "colours", "palette"],
  pixels: async (key, size) => tuned.weave(key, size),
  pictures,
  references,
  candidates: Number(options.candidates),
});
const seconds = (since: number): string =>
  ((performance.now() - since) / 1000).toFixed(0);
const quotation = Object.entries(guard.quotation ?? {})
  .map(([name, bound]) => `${name} ${bound}`)
  .join(", ");
console.log(
  `${pictures.length} pictures; calibrated in ${seconds(began)} s on one core: ${
    dropped
      .map(({ trait, value, reason }) => `no ${trait} ${value} (${reason})`)
      .join(", ") || "all odds kept"
  }; bounds widened by ${leniency.widening}; bounds on copies: ${quotation}; its own check: ${check.alike ? "alike" : "NOT alike"}, ${check.distance.value.toFixed(2)}\n`,
);

const batch = drawBatch(
  tuned,
  { table, guard, references },
  count,
  options.seed,
);
const space = featureSpace(pictures);
const reference = pictures.map(space);
const halves = halvesInterval(reference);
const near = neighbours(pictures);
const tell = ({ value, low, high }: Interval): string =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
const row = (name: string, works: readonly Uint8Array[]): void => {
  const points = works.map(space);
  const distance = kernelInterval(reference, points);
  const nearest = relativeNearness(works, near);
  const [wholes, parts] = [
    nearest.map(({ whole }) => whole),
    nearest.map(({ part }) => part),
  ];
  const share = (100 * noFurtherThanHalves(reference, points)).toFixed(0);
  console.log(
    `| ${name} (${works.length}) | ${tell(distance)} | ${distance.value <= halves.high ? "yes" : "no"} | ${share} % | ${median(wholes).toFixed(2)} | ${Math.min(...wholes).toFixed(2)} | ${median(parts).toFixed(2)} | ${Math.min(...parts).toFixed(2)} |`,
  );
};
console.log(
  "| | kernel distance (95 of 100 resamples) | within halves | no further than the other half | picture, median | smallest | patch, median | smallest |\n| - | - | - | - | - | - | - | - |",
);
console.log(
  `| half against half (1000 halvings) | ${tell(halves)} | | | 1 | | 1 | |`,
);
row(
  "**new works**",
  batch.works.map(({ preview }) => preview),
);
for (const [name, works] of await rivals(pictures, tuned, count))
  row(name, works);

console.log(
  `\n${batch.works.length} works of ${batch.tries.length} candidates (${((100 * batch.works.length) / batch.tries.length).toFixed(0)} % accepted), ${batch.each.toFixed(0)} ms each to draw, ${batch.judged.toFixed(0)} ms of processor time to judge`,
);
for (const trait of ["composition", "liberty", "repeat"]) {
  const groups = Map.groupBy(batch.tries, ({ traits }) => traits[trait] ?? "");
  for (const [value, tries] of groups) {
    const taken = tries.filter(({ reasons }) => reasons.length === 0);
    const points = taken.map(({ preview }) => space(preview));
    const reasons = Map.groupBy(
      tries.flatMap((tried) => tried.reasons),
      (reason) => reason,
    );
    console.log(
      `- ${trait} ${value}: ${taken.length} of ${tries.length}${points.length > 2 ? `, ${tell(kernelInterval(reference, points))}` : ""}${[...reasons].map(([reason, of]) => `; ${reason} ${of.length}`).join("")}`,
    );
  }
}
if (options.out !== undefined)
  writeFileSync(
    options.out,
    contactSheet(
      batch.works.map(({ key }) => tuned.weave(key, 192)),
      192,
    ),
  );
