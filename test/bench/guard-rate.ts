/**
 * How often the guard accepts what the built-in recipe draws, by trait value, and how crowded the perceptual hashes get.
 * `node test/bench/guard-rate.ts --count 1000` (`--stress`: in a crash). A work may take 16 tries, so every corner must pass far more often than never.
 */
import { parseArgs } from "node:util";

import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../offchain/kernel/observation.ts";
import { createPicker, type Try } from "./works.ts";

/** As bad a month as the recorded markets hold: the pictures are most restless, and the odds furthest from the table. */
const CRASH: Observation = {
  ...NEUTRAL_OBSERVATION,
  present: {
    ...NEUTRAL_OBSERVATION.present,
    change: true,
    volatility: true,
    trend: true,
    sentiment: true,
  },
  change: -3000,
  volatility: 1500,
  trend: -6000,
  sentiment: 500,
};

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "rate" },
    count: { type: "string", default: "1000" },
    weights: { type: "string" },
    stress: { type: "boolean", default: false },
  },
});
const { pick } = await createPicker(
  values.seed,
  values.weights,
  values.stress ? CRASH : NEUTRAL_OBSERVATION,
);
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
