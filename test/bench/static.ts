/**
 * `node test/bench/static.ts`: lets Slither look at contracts/** and prints what it finds. Fails if a finding has no answer in
 * static/answers.json, if an answer has no finding any more, or if the analyser misses what is planted in static/Control.sol.
 * Takes Python, and PyPI once, and so is no part of `npm test`.
 */
import { z } from "zod";
import { readFile } from "node:fs/promises";

import { collectSources } from "./solc/sources.ts";
import { keyOf, type Finding } from "./static/finding.ts";
import { analyse } from "./static/slither.ts";

const CONTROL = "test/bench/static/Control.sol";
const PLANTED = ["reentrancy-eth", "suicidal"];

const answers = z
  .array(
    z.strictObject({
      detector: z.string(),
      place: z.string(),
      code: z.array(z.string()).optional(),
      answer: z.string().min(20),
    }),
  )
  .parse(
    JSON.parse(
      await readFile(new URL("static/answers.json", import.meta.url), "utf8"),
    ),
  );

const { findings, summary } = await analyse("contracts/**/*.sol", CONTROL);
const ours = findings.filter(({ file }) => file !== CONTROL);
const answered = new Set(
  answers.map(({ code = [], ...answer }) => keyOf({ ...answer, code })),
);
const found = new Set(ours.map(keyOf));
const open = ours.filter((finding) => !answered.has(keyOf(finding)));
const stale = [...answered].filter((key) => !found.has(key));
const missed = PLANTED.filter(
  (detector) =>
    !findings.some((f) => f.file === CONTROL && f.detector === detector),
);

const groups = Map.groupBy(ours, ({ detector }) => detector);
const rows = [...groups].map(([detector, group]) => [
  detector,
  group[0]?.impact ?? "",
  `${group.length}`,
  `${group.filter((finding) => !open.includes(finding)).length}`,
]);
for (const [detector, impact, count, done] of [
  ["detector", "impact", "findings", "answered"],
  ...rows,
])
  console.log(
    `${detector?.padEnd(26)}${impact?.padEnd(15)}${count?.padStart(9)}${done?.padStart(10)}`,
  );
console.log(
  `Slither ${summary}: ${ours.length} findings, ${open.length} unanswered, ${stale.length} stale answers; ` +
    `planted bugs found: ${PLANTED.length - missed.length} of ${PLANTED.length}`,
);

// The analyser obeys such comments in silence; an answer belongs where it is counted.
const hushed = Object.entries(collectSources("contracts/**/*.sol"))
  .filter(
    ([file, { content }]) =>
      !file.startsWith("@") && content.includes("slither-disable"),
  )
  .map(([file]) => file);
for (const file of hushed)
  console.error(
    `${file}: has a slither-disable comment; answer it in static/answers.json instead`,
  );
for (const finding of open) console.error(`unanswered: ${describe(finding)}`);
for (const key of stale) console.error(`stale answer: ${key}`);
for (const detector of missed)
  console.error(`${CONTROL}: ${detector} was not found`);
process.exitCode = [open, stale, missed, hushed].flat().length === 0 ? 0 : 1;

function describe({ detector, impact, file, place, code }: Finding): string {
  return JSON.stringify({ detector, impact, file, place, code }, null, 2);
}
