/**
 * Plants known bugs of the field in a copy of the contracts, one at a time, and prints which test catches each.
 *
 *   node test/bench/bugs.ts [--only <part of a title>] [--most-missed 1]
 *
 * Exits 1 if more bugs are missed than that, if one does not compile or has no place, or if a test fails without any bug.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { BUGS, planted } from "./bugs/list.ts";
import { columns } from "./mutants/columns.ts";
import { openBench } from "./mutants/bench.ts";
import { changed, runMutants } from "./mutants/runner.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    "most-missed": { type: "string", default: "1" },
  },
});
const bugs = BUGS.filter(({ title }) => title.includes(values.only));
const mutants = bugs.map(planted);
// All places first: an error of the list shall not wait for the bugs before it.
for (const mutant of mutants)
  changed(mutant, await readFile(`${ROOT}${mutant.file}`, "utf8"));

const bench = await openBench();
try {
  for (const test of bench.broken) console.log(`fails without a bug: ${test}`);
  console.log(`${bugs.length} bugs, ${bench.tests} tests`);
  const rows: string[][] = [];
  const count = { killed: 0, survived: 0, "does not compile": 0 };
  for await (const { mutant, outcome, seconds } of runMutants(mutants, [
    bench,
  ])) {
    count[outcome.kind] += 1;
    const by =
      outcome.kind === "killed" ? outcome.by : outcome.kind.toUpperCase();
    console.log(`${mutant.id}: ${by}, ${seconds.toFixed(1)} s`);
    const source = bugs.find(({ title }) => title === mutant.id)?.source ?? "";
    rows.push([mutant.id, source, by, seconds.toFixed(1)]);
  }
  console.log(`\n${columns([["bug", "source", "caught by", "s"], ...rows])}`);
  console.log(`\nbugs caught: ${count.killed} of ${bugs.length}`);
  if (
    bench.broken.length > 0 ||
    count["does not compile"] > 0 ||
    count.survived > Number(values["most-missed"])
  )
    process.exitCode = 1;
} finally {
  await bench.close();
}
