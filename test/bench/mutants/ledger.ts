/**
 * Verdicts on disk, so that a run that was cut short can go on. A verdict holds for the sources that it was given on: the file's
 * name is the hash of all contracts, their tests, the installed packages and the depth of the tests.
 */
import { createHash } from "node:crypto";
import { appendFileSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Mutant, Verdict } from "./runner.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = join(ROOT, "cache/mutants");

const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("hex");

/** What a mutant is called where its place alone may be two mutants': 16 hex digits. */
export function keyOf({ id, change }: Mutant): string {
  return sha256(JSON.stringify([id, change])).slice(0, 16);
}

/** The hash of all Solidity files below a folder, with their paths. */
export function hashOf(folder: string): string {
  const files = globSync(`${folder}/**/*.sol`, { cwd: ROOT }).sort();
  return sha256(
    JSON.stringify(
      files.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]),
    ),
  );
}

/** Verdicts given so far on these sources. */
export interface Ledger {
  /** By `keyOf`. */
  readonly known: ReadonlyMap<string, Omit<Verdict, "mutant">>;
  add(verdict: Verdict): void;
}

/** Opens it; whether the verdicts before are used is the caller's to say. */
export function openLedger(): Ledger {
  const subject = sha256(
    JSON.stringify([
      hashOf("contracts"),
      hashOf("test/contracts"),
      readFileSync(join(ROOT, "package-lock.json"), "utf8"),
      process.env["LOOP_FUZZ_RUNS"],
      process.env["LOOP_INVARIANT_RUNS"],
    ]),
  );
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${subject.slice(0, 16)}.jsonl`);
  return {
    known: new Map(lines(path).map(({ key, ...verdict }) => [key, verdict])),
    add: ({ mutant, outcome, seconds }) => {
      const line = JSON.stringify({ key: keyOf(mutant), outcome, seconds });
      appendFileSync(path, `${line}\n`);
    },
  };
}

type Line = Omit<Verdict, "mutant"> & { readonly key: string };

/** A last line that was cut off counts for nothing. */
function lines(path: string): Line[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
