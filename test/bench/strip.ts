/**
 * Works over twelve months of a market, as the loop would pick and evolve them; nobody picks by hand.
 * `LOOP_DATA=... node test/bench/strip.ts --seed evolution --count 6 --out /tmp/strip.png` takes the last year of the first
 * recorded file (without LOOP_DATA, of the invented sample): genesis a year before its end, a round every day, an epoch
 * every month. Prints how far each picture is from its neighbours (root mean square of all bytes, 1 is black to white).
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { drawChart } from "../../offchain/adapters/chart-png.ts";
import { UNTOUCHED } from "../../offchain/generator/evolution/attunement.ts";
import {
  CHANNELS,
  followMarket,
  GENESIS,
  stateKey,
  stateOf,
  type WorkState,
} from "../../offchain/generator/evolution/state.ts";
import { encodePng } from "../../offchain/generator/png.ts";
import { planWork } from "../../offchain/generator/work/plan.ts";
import { renderWork } from "../../offchain/generator/work/render.ts";
import { parseTime, DAY } from "../../offchain/market/calendar.ts";
import { evolutionChart } from "../../offchain/loop/evolution-chart.ts";
import { dailyRounds, marketFiles, readSeries } from "./evolution/market.ts";
import { rms, table } from "./evolution/figures.ts";
import { createPicker } from "./works.ts";

const MONTHS = 12;
const YEAR = 365;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "evolution" },
    count: { type: "string", default: "6" },
    first: { type: "string", default: "0" },
    size: { type: "string", default: "216" },
    market: { type: "string" },
    until: { type: "string" },
    title: { type: "string", default: "Twelve months of one market" },
    subtitle: {
      type: "string",
      default:
        "Works as the loop picked them, none by hand. Each column is an epoch; embers mark the days that struck.",
    },
    width: { type: "string", default: "1600" },
    out: { type: "string", default: "/tmp/strip.png" },
  },
});
const [count, first, size] = [values.count, values.first, values.size].map(
  Number,
) as [number, number, number];

const path = values.market ?? marketFiles()[0] ?? "";
const { rounds: all } = dailyRounds(readSeries(path));
const until = values.until === undefined ? Infinity : parseTime(values.until);
const known = all.filter(({ time }) => time <= (until ?? Infinity));
const year = known.filter(
  ({ time }) => time >= (known.at(-1)?.time ?? 0) - YEAR * DAY,
);
const [conditions, ...rounds] = year;
if (conditions === undefined || rounds.length < MONTHS)
  throw new Error(`${path} holds no year before ${values.until ?? "its end"}`);
const moods = followMarket(conditions, rounds);
const epochs = Array.from({ length: MONTHS }, (_, month) => ({
  number: month + 1,
  round: Math.floor((rounds.length * (month + 1)) / MONTHS) - 1,
}));

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => a + b, 0) / numbers.length;

const { model, pick } = await createPicker(values.seed, undefined, conditions);
const rows: string[][] = [];
const works = Array.from({ length: first + count }, (_, i) => pick(i).at(-1)!)
  .slice(first)
  .map(({ digest, traits }) => {
    const states = epochs.map(({ round }) =>
      stateOf({
        digest,
        conditions,
        mood: moods[round]!,
        attunement: UNTOUCHED,
      }),
    );
    const paint = (state: WorkState): Uint8Array =>
      renderWork(
        model,
        planWork({ digest, traits, observation: conditions, state }),
        size,
      );
    const pictures = [GENESIS, ...states].map(paint);
    const next = pictures.slice(1).map((p, i) => rms(pictures[i]!, p));
    const away = pictures.slice(1).map((p) => rms(pictures[0]!, p));
    // The same way in even steps: what the reference figures of an even ramp are to be laid beside.
    const far = states[away.indexOf(Math.max(...away))]!;
    const ramp = Array.from({ length: MONTHS }, (_, i) =>
      paint(
        Object.fromEntries(
          CHANNELS.map((channel) => [
            channel,
            Math.round((far[channel] * i) / (MONTHS - 1)),
          ]),
        ) as unknown as WorkState,
      ),
    );
    const even = ramp.slice(1).map((p, i) => rms(ramp[i]!, p));
    rows.push([
      Object.values(traits).join(" "),
      mean(next).toFixed(3),
      Math.max(...next).toFixed(3),
      away.at(-1)!.toFixed(3),
      Math.max(...away).toFixed(3),
      mean(even).toFixed(3),
      Math.max(...even).toFixed(3),
      states.map(stateKey).join(" "),
    ]);
    return {
      name: "",
      pictures: pictures.map((rgb) =>
        encodePng(rgb, { width: size, height: size }),
      ),
    };
  });
rows.push([
  "all",
  ...[1, 2, 3, 4, 5, 6].map((column) => {
    const figures = rows.map((row) => Number(row[column]));
    return (
      column === 2 || column === 6 ? Math.max(...figures) : mean(figures)
    ).toFixed(3);
  }),
]);
console.log(
  table(
    [
      "work",
      "next mean",
      "next max",
      "first-last",
      "farthest",
      "even mean",
      "even max",
      "states",
    ],
    rows,
  ),
);

const svg = evolutionChart({
  title: values.title,
  subtitle: values.subtitle,
  rounds: year,
  epochs: [
    { number: 0, time: conditions.time },
    ...epochs.map(({ number, round }) => ({
      number,
      time: rounds[round]!.time,
    })),
  ],
  works,
});
writeFileSync(values.out.replace(/\.png$/, ".svg"), svg);
writeFileSync(
  values.out,
  await drawChart(svg, { width: Number(values.width) }),
);
