import {
  cp,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { FatalError } from "../../../offchain/kernel/errors.ts";
import { startProcess } from "./process.ts";
import { changed, type Mutant, type Verdict } from "./runner.ts";
import type { Answer, Request } from "./worker.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A mutant that takes longer loops, unless the contracts as they are take as long. */
const LIMIT = 60_000; // ms
const FIRST_LIMIT = 1_200_000; // ms

/** So many mutants in one process: each leaves some 30 MB that are never given back. */
const MUTANTS_PER_PROCESS = 50;

/** A copy of the contracts and of their Solidity tests in which mutants are tried one at a time. */
export interface Bench {
  /** Tests that fail without any mutant: they kill nothing. Callers that want a score want none of these. */
  readonly broken: readonly string[];
  /** Tests there are. */
  readonly tests: number;
  /**
   * Plants the mutant, builds, tests, and puts the file back.
   * @throws FatalError `mutants/bench-died` if the process that builds and tests ends twice on this mutant: that is no verdict.
   */
  test(mutant: Mutant): Promise<Verdict>;
  close(): Promise<void>;
}

/** Makes the copy and runs all its tests once. */
export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "loop-mutants-"));
  await cp(join(ROOT, "contracts"), join(folder, "contracts"), {
    recursive: true,
  });
  await cp(join(ROOT, "test/contracts"), join(folder, "test/contracts"), {
    recursive: true,
    // The gas comparison's contracts are no tests of ours.
    filter: (path) => !path.endsWith("/comparison") && !path.endsWith(".ts"),
  });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}\n');

  let worker = await startProcess(folder);
  let tried = 0;
  const restart = async (): Promise<void> => {
    worker.kill();
    worker = await startProcess(folder);
    tried = 0;
  };
  const close = async (): Promise<void> => {
    worker.kill();
    await rm(folder, { recursive: true });
  };
  const opened = performance.now();
  const first = await worker.ask({ broken: [], everything: true }, FIRST_LIMIT);
  const limit = Math.max(LIMIT, 2 * (performance.now() - opened));
  if (typeof first === "string" || "reason" in first) {
    await close();
    throw new FatalError(
      "mutants/no-baseline",
      `The contracts as they are do not pass through the bench: ${typeof first === "string" ? first : first.reason}.`,
    );
  }
  const broken = first.failing;

  const verdictOn = async (request: Request): Promise<Answer | "late"> => {
    if (++tried > MUTANTS_PER_PROCESS) await restart();
    for (let i = 0; i < 2; ++i) {
      const answer = await worker.ask(request, limit);
      if (typeof answer === "string") await restart();
      if (answer !== "died") return answer;
    }
    throw new FatalError(
      "mutants/bench-died",
      `The process that builds and tests ended twice on a mutant of ${request.mutated}.`,
    );
  };
  return {
    broken,
    tests: first.tests,
    close,
    test: async (mutant) => {
      const path = join(folder, mutant.file);
      const original = await readFile(path, "utf8");
      const begin = performance.now();
      await writeFile(path, changed(mutant, original));
      try {
        const request = { broken, everything: false, mutated: mutant.file };
        const outcome = outcomeOf(await verdictOn(request));
        return { mutant, outcome, seconds: (performance.now() - begin) / 1000 };
      } finally {
        await writeFile(path, original);
      }
    },
  };
}

function outcomeOf(answer: Answer | "late"): Verdict["outcome"] {
  if (answer === "late")
    return { kind: "killed", by: "time limit", all: ["time limit"] };
  if ("reason" in answer)
    return { kind: "does not compile", reason: answer.reason };
  const [by] = answer.failing;
  return by === undefined
    ? { kind: "survived" }
    : { kind: "killed", by, all: answer.failing };
}
