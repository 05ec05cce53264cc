/**
 * `node test/bench/mutation.ts [--sample n] [--only word] [--benches n] [--list]`: plants every change that sumo proposes in the
 * contracts, one at a time, and tells which of them no Solidity test notices. With `--sample` it takes every so many, chosen by
 * their texts, so that n mutants are tried. Leaves the result in test/mutation.json. Ends with a non-zero code below 95 %,
 * or if a survivor is not answered in mutants/survivors.ts.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { openBench, runMutants, type Verdict } from "./mutants/runner.ts";
import { proposals, SUMO, type Proposal } from "./mutants/sumo.ts";
import { answerTo } from "./mutants/survivors.ts";

const RESULT = new URL("../mutation.json", import.meta.url);
const WANTED = 0.95;

/** Read once: others may commit while this runs. */
const COMMIT = execFileSync("git", ["rev-parse", "HEAD"], {
  encoding: "utf8",
}).trim();

/** The same few of them each time, from everywhere: those whose texts have the lowest hashes. */
function sampled(all: readonly Proposal[], size: number): Proposal[] {
  const rank = ({ id }: Proposal): string =>
    createHash("sha256").update(id).digest("hex");
  return all
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

function summary(all: readonly Proposal[], verdicts: readonly Verdict[]) {
  const of = (kind: Verdict["outcome"]["kind"]): Verdict[] =>
    verdicts.filter(({ outcome }) => outcome.kind === kind);
  const killed = of("killed").length;
  const tried = verdicts.length - of("does not compile").length;
  const alive = of("survived").map(({ mutant }) => mutant as Proposal);
  const survivors = alive.map((mutant) => ({
    file: mutant.file,
    line: mutant.line,
    operator: mutant.operator,
    reads: mutant.reads,
    why: answerTo(mutant.file, mutant.reads) ?? "NOT ANSWERED",
  }));
  const answered = alive.filter(
    (mutant) => answerTo(mutant.file, mutant.reads) !== undefined,
  );
  return {
    date: new Date().toISOString(),
    commit: COMMIT,
    generator: SUMO,
    proposed: all.length,
    sampled: verdicts.length,
    compiled: tried,
    killed,
    survived: alive.length,
    answered: answered.length,
    score: tried === 0 ? 0 : killed / tried,
    survivors,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      sample: { type: "string" },
      only: { type: "string", default: "" },
      benches: { type: "string", default: "2" },
      list: { type: "boolean", default: false },
    },
  });
  const all = proposals().filter(({ id }) => id.includes(values.only));
  const chosen = sampled(all, Number(values.sample ?? all.length));
  if (values.list) {
    for (const { id } of chosen) console.log(id);
    process.exit();
  }
  const benches = [];
  for (let i = 0; i < Number(values.benches); ++i)
    benches.push(await openBench());
  const verdicts: Verdict[] = [];
  for await (const verdict of runMutants(chosen, benches)) {
    verdicts.push(verdict);
    const { outcome, mutant, seconds } = verdict;
    const by = outcome.kind === "killed" ? ` by ${outcome.by}` : "";
    console.log(
      `${verdicts.length}/${chosen.length} ${Math.round(seconds)} s  ${outcome.kind}${by}  ${mutant.id}`,
    );
    // Written each time, so that a run cut short leaves what it learned.
    const result = summary(all, verdicts);
    writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
  }
  for (const bench of benches) await bench.close();

  const { survivors, ...figures } = summary(all, verdicts);
  console.table(survivors);
  console.table(figures);
  if (figures.score < WANTED || figures.survived > figures.answered)
    process.exitCode = 1;
}
