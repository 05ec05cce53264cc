/**
 * `node test/bench/proofs.ts [words]`: what is proved about the pure cores of the contracts for every input, with solc's
 * SMTChecker; and that each proof fails on a planted bug, with a counterexample. Runs every property, or those whose name
 * contains one of the words. Ends with a non-zero code unless all are proved and refuted.
 */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { PROPERTIES, type Bug, type Property } from "./proofs/properties.ts";
import type { Finding, Question } from "./proofs/prover.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = "test/contracts/proofs";
const LIMIT = 300_000; // ms

/** The source with one of its contracts only: the solver reads every contract of a file, asked or not. */
function alone(source: string, contract: string): string {
  return source.replace(
    /^(?:\/\/\/ .*\n)*contract (\w+)[\s\S]*?^}\n/gm,
    (text, name: string) => (name === contract ? text : ""),
  );
}

/** All sources that a proof needs, with the bug in one of them. */
function sourcesOf(
  file: string,
  contract: string,
  bug: Bug | undefined,
): Question["sources"] {
  const sources: Record<string, { content: string }> = {};
  const add = (path: string): void => {
    if (sources[path] !== undefined) return;
    let content = readFileSync(posix.join(ROOT, path), "utf8");
    if (path === file) content = alone(content, contract);
    if (path === bug?.file) content = planted(content, bug);
    sources[path] = { content };
    for (const [, found = ""] of content.matchAll(/from "(.*?)"/g))
      add(posix.join(posix.dirname(path), found));
  };
  add(file);
  return sources;
}

function planted(source: string, { find, replace, file }: Bug): string {
  if (source.split(find).length !== 2)
    throw new Error(`"${find}" stands not exactly once in ${file}.`);
  return source.replace(find, () => replace);
}

/** Undefined where the solver gives no answer in time. */
async function ask(
  { file, contract, engine = "chc", overflow = false }: Property,
  bug?: Bug,
): Promise<Finding | undefined> {
  const path = `${FOLDER}/${file}`;
  const question: Question = {
    sources: sourcesOf(path, contract, bug),
    file: path,
    contract,
    engine,
    overflow,
  };
  const worker = new Worker(new URL("proofs/prover.ts", import.meta.url), {
    workerData: question,
  });
  const answer = Promise.withResolvers<Finding | undefined>();
  const timer = setTimeout(() => answer.resolve(undefined), LIMIT);
  worker.once("message", answer.resolve);
  worker.once("error", answer.reject);
  try {
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function isProved(finding: Finding | undefined): boolean {
  return (
    finding !== undefined &&
    finding.errors.length === 0 &&
    finding.safe > 0 &&
    finding.violated + finding.open === 0
  );
}

if (import.meta.main) {
  const words = process.argv.slice(2);
  const wanted = PROPERTIES.filter(
    ({ contract }) =>
      words.length === 0 || words.some((word) => contract.includes(word)),
  );
  const rows: Record<string, unknown>[] = [];
  for (const property of wanted) {
    const begin = performance.now();
    const finding = await ask(property);
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    const broken = await ask(property, property.bug);
    const row = {
      property: property.contract,
      proved: isProved(finding),
      checks: finding?.safe ?? 0,
      engine: property.engine ?? "chc",
      seconds,
      "planted bug": property.bug.says,
      refuted: (broken?.violated ?? 0) > 0,
    };
    rows.push(row);
    process.stderr.write(`${JSON.stringify({ ...row, finding, broken })}\n`);
  }
  console.table(rows);
  const proved = rows.filter(({ proved }) => proved).length;
  const refuted = rows.filter(({ refuted }) => refuted).length;
  console.log(
    `${proved} of ${rows.length} properties proved for every input; ${refuted} of ${rows.length} planted bugs refuted.`,
  );
  if (proved + refuted < 2 * rows.length) process.exitCode = 1;
}
