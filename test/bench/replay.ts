/**
 * Every day of every recorded market as a round: `LOOP_DATA=... node test/bench/replay.ts --works 2000`. Each file is cut into
 * years; every year a batch is born and follows the market to the file's end. Prints what was discarded and why, and the share
 * of works whose state a round changed; a calm round is one of shock 0, see offchain/generator/evolution/weather.ts.
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";

import {
  DIAL_END,
  UNTOUCHED,
} from "../../offchain/generator/evolution/attunement.ts";
import {
  followMarket,
  STATE_END,
  stateKey,
  stateOf,
  CHANNELS,
} from "../../offchain/generator/evolution/state.ts";
import { shockOf } from "../../offchain/generator/evolution/weather.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import {
  packObservation,
  unpackObservation,
} from "../../offchain/kernel/observation.ts";
import { candidateSeed } from "../../offchain/kernel/seed.ts";
import { table } from "./evolution/figures.ts";
import { dailyRounds, marketFiles, readSeries } from "./evolution/market.ts";

const { values } = parseArgs({
  options: {
    works: { type: "string", default: "2000" },
    /** Whether every holder turned the response to its eager end. */
    eager: { type: "boolean", default: false },
  },
});
const digests = Array.from({ length: Number(values.works) }, (_, i) =>
  candidateSeed(keccak256(utf8("replay")), i, 0),
);
const attunement = values.eager
  ? { ...UNTOUCHED, response: DIAL_END }
  : UNTOUCHED;
const YEAR = 365;

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const rows: string[][] = [];
const cleaned: string[][] = [];
for (const path of marketFiles()) {
  const series = readSeries(path);
  const { rounds, discarded } = dailyRounds(series);
  // As the chain would have brought them.
  const brought = rounds.map((round) =>
    unpackObservation(packObservation(round)),
  );
  const stale = brought.filter(
    ({ time }, i) => i > 0 && time <= (brought[i - 1]?.time ?? 0),
  ).length;
  // Days without a round leave an oracle silent; the rows that were not a round's are these.
  const { report } = series;
  cleaned.push([
    basename(path),
    ...[
      report.rows,
      report.used,
      report.repeated,
      report.zeroPrice,
      report.blank,
      report.gaps,
      report.widestStep,
      report.jumps,
    ].map(String),
  ]);
  const calm: number[] = [];
  const wild: number[] = [];
  let [batches, farthest] = [0, 0];
  for (let birth = 0; birth + 1 < brought.length; birth += YEAR) {
    batches++;
    const conditions = brought[birth]!;
    const covered = brought.slice(birth + 1);
    let before = digests.map(() => CHANNELS.map(() => 0).join(","));
    followMarket(conditions, covered).forEach((mood, i) => {
      const states = digests.map((digest) =>
        stateOf({ digest, conditions, mood, attunement }),
      );
      for (const state of states)
        for (const channel of CHANNELS)
          farthest = Math.max(farthest, Math.abs(state[channel]));
      const keys = states.map(stateKey);
      const share =
        keys.filter((key, k) => key !== before[k]).length / digests.length;
      const shock = shockOf(covered[i - 1] ?? conditions, covered[i]!);
      (shock === 0 ? calm : wild).push(share);
      before = keys;
    });
  }
  if (farthest > STATE_END) throw new Error(`a state of ${farthest}`);
  wild.sort((a, b) => a - b);
  const mean = (shares: readonly number[]): number =>
    shares.reduce((a, b) => a + b, 0) / Math.max(1, shares.length);
  rows.push([
    basename(path),
    String(series.days.length),
    String(brought.length),
    [...discarded].map(([code, n]) => `${n} ${code}`).join(", ") || "none",
    String(stale),
    String(batches),
    String(calm.length),
    percent(mean(calm)),
    percent(calm.reduce((a, b) => Math.max(a, b), 0)),
    String(wild.length),
    percent(wild[Math.floor(wild.length / 2)] ?? 0),
    percent(wild.at(-1) ?? 0),
    String(farthest),
  ]);
}
console.log(
  table(
    [
      "file",
      "rows",
      "used",
      "repeated",
      "at 0",
      "blank",
      "gaps",
      "widest",
      "jumps",
    ],
    cleaned,
  ),
);
console.log();
console.log(
  table(
    [
      "file",
      "days",
      "rounds",
      "discarded",
      "stale",
      "batches",
      "calm rounds",
      "changed, mean",
      "max",
      "other rounds",
      "changed, median",
      "max",
      "farthest",
    ],
    rows,
  ),
);
