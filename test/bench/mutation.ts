/**
 * `node test/bench/mutation.ts [--sample n] [--only word] [--benches n] [--resume] [--survivors] [--list]`: plants every change that
 * sumo proposes in the contracts, one at a time, and tells which of them no Solidity test notices. Leaves the result in
 * test/mutation.json, after each mutant. Ends with a non-zero code below 95 %, or if a survivor is not answered in
 * mutants/survivors.ts. `--sample` takes n of them, chosen by their texts; `--resume` takes the verdicts that an earlier run gave
 * on the same sources; `--survivors` tries only what the last result says survives, after tests were added, and corrects that
 * result; `--only` takes those with that word in their place or text, and leaves the result as it is.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { openBench } from "./mutants/bench.ts";
import { hashOf, keyOf, openLedger } from "./mutants/ledger.ts";
import { resultOf, retried, type Result } from "./mutants/record.ts";
import { runMutants, type Mutant, type Verdict } from "./mutants/runner.ts";
import { proposals, type Proposal } from "./mutants/sumo.ts";

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

/** The mutants that the last result says survive unanswered, on the same contracts. */
function survivorsOf(last: Result, all: readonly Proposal[]): Proposal[] {
  if (last.contracts !== hashOf("contracts"))
    throw new FatalError(
      "mutants/other-contracts",
      "The last result is about other contracts; run without --survivors.",
    );
  const open = retried(last, COMMIT, []).survivors.filter(
    ({ why }) => why === "NOT ANSWERED",
  );
  return all.filter((mutant) => open.some(({ key }) => key === keyOf(mutant)));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      sample: { type: "string" },
      only: { type: "string", default: "" },
      benches: { type: "string", default: "2" },
      resume: { type: "boolean", default: false },
      survivors: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
    },
  });
  const all = proposals();
  const wanted = all.filter(({ id }) => id.includes(values.only));
  const last = values.survivors
    ? (JSON.parse(readFileSync(RESULT, "utf8")) as Result)
    : undefined;
  const chosen = last
    ? survivorsOf(last, wanted)
    : sampled(wanted, Number(values.sample ?? wanted.length));
  if (values.list) {
    const list = chosen.map(({ id }) => `${id}\n`).join("");
    // At once, a pipe would lose its end.
    process.stdout.write(list, () => process.exit());
    await new Promise(() => {});
  }
  const origin = {
    commit: COMMIT,
    contracts: hashOf("contracts"),
    proposed: all.length,
  };
  const summary = (verdicts: readonly Verdict[]): Result =>
    last ? retried(last, COMMIT, verdicts) : resultOf(origin, verdicts);

  const ledger = openLedger();
  const given = (mutant: Mutant) =>
    values.resume ? ledger.known.get(keyOf(mutant)) : undefined;
  const verdicts: Verdict[] = chosen.flatMap((mutant) => {
    const verdict = given(mutant);
    return verdict ? [{ mutant, ...verdict }] : [];
  });
  const waiting = chosen.filter((mutant) => given(mutant) === undefined);
  console.log(
    `${verdicts.length} verdicts from before, ${waiting.length} left`,
  );

  const benches = [];
  for (let i = 0; i < Math.min(Number(values.benches), waiting.length); ++i)
    benches.push(await openBench());
  const broken = benches.flatMap((bench) => bench.broken);
  if (broken.length > 0)
    throw new FatalError(
      "mutants/broken-tests",
      `These tests fail without a mutant: ${[...new Set(broken)].join(", ")}.`,
    );
  const record = (): void => {
    if (values.only === "")
      writeFileSync(RESULT, `${JSON.stringify(summary(verdicts), null, 2)}\n`);
  };
  for await (const verdict of runMutants(waiting, benches)) {
    verdicts.push(verdict);
    ledger.add(verdict);
    const { outcome, mutant, seconds } = verdict;
    const by = outcome.kind === "killed" ? ` by ${outcome.by}` : "";
    console.log(
      `${verdicts.length}/${chosen.length} ${seconds.toFixed(1)} s  ${outcome.kind}${by}  ${mutant.id}`,
    );
    // Written each time, so that a run cut short leaves what it learned.
    record();
  }
  record();
  for (const bench of benches) await bench.close();

  const { survivors, retries, ...figures } = summary(verdicts);
  console.table(survivors);
  console.table(retries);
  console.table(figures);
  if (figures.score < WANTED || figures.survived > figures.answered)
    process.exitCode = 1;
}
