import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
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
import type { Answer, Request } from "./worker.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** A mutant that takes longer loops, unless the contracts as they are take as long. */
const LIMIT = 180_000; // ms
const FIRST_LIMIT = 1_200_000; // ms

/** One change of one file: a text that stands there once and what replaces it, or the whole new text. */
export interface Mutant {
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly change:
    | { readonly find: string; readonly replace: string }
    | { readonly text: string };
}

/** What became of a mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly outcome:
    | { readonly kind: "does not compile"; readonly reason: string }
    /** `by` is the first failing test of the first stage that has one, or "time limit"; `all` are those of that stage. */
    | {
        readonly kind: "killed";
        readonly by: string;
        readonly all: readonly string[];
      }
    | { readonly kind: "survived" };
  readonly seconds: number;
}

/** A copy of the contracts and of their Solidity tests in which mutants are tried one at a time. */
export interface Bench {
  /** Tests that fail without any mutant: they kill nothing. Callers that want a score want none of these. */
  readonly broken: readonly string[];
  /** Tests there are. */
  readonly tests: number;
  /** Plants the mutant, builds, tests, and puts the file back. */
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

  let worker = await start(folder);
  const close = async (): Promise<void> => {
    worker.kill("SIGKILL");
    await rm(folder, { recursive: true });
  };
  const opened = performance.now();
  const request = { broken: [], everything: true };
  const first = await ask(worker, request, FIRST_LIMIT);
  const limit = Math.max(LIMIT, 2 * (performance.now() - opened));
  if (first === undefined || "reason" in first) {
    await close();
    throw new FatalError(
      "mutants/no-baseline",
      `The contracts as they are do not pass through the bench: ${first?.reason ?? "no answer in time"}.`,
    );
  }
  const broken = first.failing;

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
        const answer = await ask(worker, { broken, everything: false }, limit);
        if (answer === undefined) {
          worker.kill("SIGKILL");
          worker = await start(folder);
        }
        const seconds = (performance.now() - begin) / 1000;
        return { mutant, outcome: outcomeOf(answer), seconds };
      } finally {
        await writeFile(path, original);
      }
    },
  };
}

/** Tries all mutants on one bench, or on several at once, and tells each verdict as it comes. */
export async function* runMutants(
  mutants: Iterable<Mutant>,
  benches: readonly Bench[],
): AsyncGenerator<Verdict> {
  const waiting = mutants[Symbol.iterator]();
  const running = new Map<Bench, Promise<{ bench: Bench; verdict: Verdict }>>();
  const begin = (bench: Bench): void => {
    const next = waiting.next();
    if (next.done === true) running.delete(bench);
    else
      running.set(
        bench,
        bench.test(next.value).then((verdict) => ({ bench, verdict })),
      );
  };
  benches.forEach(begin);
  while (running.size > 0) {
    const { bench, verdict } = await Promise.race(running.values());
    begin(bench);
    yield verdict;
  }
}

/** The file with the mutant in it. A text that stands there never or twice is an error of the list. */
export function changed(
  { id, file, change }: Mutant,
  original: string,
): string {
  if ("text" in change) return change.text;
  const places = original.split(change.find).length - 1;
  if (places !== 1)
    throw new FatalError(
      "mutants/ambiguous-place",
      `The text to replace for "${id}" stands ${places} times in ${file}; write one that stands there once.`,
    );
  return original.replace(change.find, () => change.replace);
}

function outcomeOf(answer: Answer | undefined): Verdict["outcome"] {
  if (answer === undefined)
    return { kind: "killed", by: "time limit", all: ["time limit"] };
  if ("reason" in answer)
    return { kind: "does not compile", reason: answer.reason };
  const [by] = answer.failing;
  return by === undefined
    ? { kind: "survived" }
    : { kind: "killed", by, all: answer.failing };
}

async function start(folder: string): Promise<ChildProcess> {
  const worker = fork(WORKER, {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await Promise.race([once(worker, "message"), once(worker, "exit")]);
  return worker;
}

/** Undefined where no answer comes in time, or the worker dies. */
async function ask(
  worker: ChildProcess,
  request: Request,
  limit: number,
): Promise<Answer | undefined> {
  const over = new AbortController();
  const { signal } = over;
  const timer = setTimeout(() => over.abort(), limit);
  try {
    worker.send(request);
    const [answer] = (await Promise.race([
      once(worker, "message", { signal }),
      once(worker, "exit", { signal }).then(() => [undefined]),
    ])) as [Answer | undefined];
    return answer;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
