/**
 * How often the guard accepts what the built-in recipe draws, by trait value, and how crowded the perceptual hashes get.
 * `node test/bench/guard-rate.ts --count 1000`. A work may take 16 tries, so every corner must pass far more often than never.
 */
import { parseArgs } from "node:util";

import { createPicker, type Try } from "./works.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "rate" },
    count: { type: "string", default: "1000" },
    weights: { type: "string" },
  },
});
const { pick } = await createPicker(values.seed, values.weights);
const tries: Try[] = [];
let most = 0;
for (let index = 0; index < Number(values.count); index++) {
  const made = pick(index);
  most = Math.max(most, made.length);
  tries.push(...made);
}

const rate = (of: readonly Try[]): string => {
  const passed = of.filter(({ reasons }) => reasons.length === 0).length;
  return `${((100 * passed) / of.length).toFixed(1)} % of ${of.length}`;
};
console.log(`accepted ${rate(tries)}; most tries for one work ${most}`);
for (const reason of new Set(tries.flatMap(({ reasons }) => reasons)))
  console.log(
    `  ${reason}: ${tries.filter(({ reasons }) => reasons.includes(reason)).length}`,
  );
for (const trait of Object.keys(tries[0]?.traits ?? {})) {
  const groups = Map.groupBy(tries, ({ traits }) => traits[trait] ?? "");
  const lines = [...groups].map(([value, of]) => `${value} ${rate(of)}`);
  console.log(`${trait}: ${lines.sort().join(" | ")}`);
}
