import { join } from "node:path";

import { getAddress } from "ethers";

import { toHex, utf8 } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { leftovers, type Request, type Verdict } from "./auditor.ts";
import type { Ending, Running } from "./sandbox.ts";

/** Works per run. */
export const COUNT = 2;

/** A program under test: starts one run of a request. */
export type Start = (request: Request, env: Record<string, string>) => Running;

/** How a run is killed: by itself at a boundary, or from outside after so many seconds, and the run after it perhaps too. */
export type Death =
  { readonly label: string } | { readonly after: readonly number[] };

/** One death, and what became of the request. */
export interface Trial {
  readonly name: string;
  /** Runs that a kill struck before they had shown their result. */
  readonly kills: number;
  /** Whether the run after the last kill finished. */
  readonly finished: boolean;
  /** Seconds of that run. */
  readonly seconds: number;
  readonly verdict: Verdict;
}

/** What all trials share. */
export interface Bench {
  /** Folder for results. */
  readonly folder: string;
  /** Whether the program under test writes files. */
  readonly files: boolean;
  readonly audit: (request: Request) => Promise<Verdict>;
}

let requests = 0;

/** A request that no other one can be confused with: its own recipient and folder. */
export function newRequest(folder: string, files: boolean): Request {
  requests += 1;
  const digest = toHex(keccak256(utf8(`recipient ${requests}`)));
  const to = getAddress(`0x${digest.slice(-40)}`);
  return { to, count: COUNT, out: join(folder, `out-${requests}`), files };
}

/** Runs a request, kills it, runs it again until nothing kills it any more, and has the outcome audited. */
export async function dieAndGoOn(
  start: Start,
  death: Death,
  { folder, files, audit }: Bench,
): Promise<Trial> {
  const request = newRequest(folder, files);
  const attempts: (() => Promise<Ending>)[] =
    "label" in death
      ? [() => start(request, { LOOP_KILL_AT: death.label }).ended]
      : death.after.map(
          (seconds) => () => killAfter(start(request, {}), seconds),
        );
  let kills = 0;
  let last: Ending | undefined;
  for (const attempt of [...attempts, () => start(request, {}).ended]) {
    last = await attempt();
    // A result that was shown whole is a result: nobody runs the command again for it.
    if (showedResult(last)) break;
    if (last.signal === "SIGKILL") kills += 1;
  }
  const finished = last !== undefined && showedResult(last);
  const verdict = await audit(request);
  const problems = [...verdict.problems];
  if (!finished) problems.push(`unfinished: ${lastLine(last?.stderr)}`);
  const left = finished ? await leftovers(request.out) : 0;
  if (left > 0) problems.push(`${left} temporary files left`);
  return {
    name:
      "label" in death
        ? death.label
        : `after ${death.after.map((s) => s.toFixed(2)).join(" and ")} s`,
    kills,
    finished,
    seconds: last?.seconds ?? 0,
    verdict: { ...verdict, problems },
  };
}

/** What a trial came to, in one line. */
export function describe({
  name,
  kills,
  finished,
  seconds,
  verdict,
}: Trial): string {
  const outcome =
    verdict.problems.length === 0 && finished
      ? "ok"
      : verdict.problems.join("; ");
  return `${name.padEnd(44)} killed ${kills}x, next run ${seconds.toFixed(1)} s: ${outcome}`;
}

async function killAfter(running: Running, seconds: number): Promise<Ending> {
  const timer = setTimeout(() => running.kill(), 1000 * seconds);
  const ending = await running.ended;
  clearTimeout(timer);
  return ending;
}

/** The result is one whole JSON document on stdout, or the naive program's end. */
function showedResult({ stdout, code }: Ending): boolean {
  return code === 0 || stdout.endsWith("}\n");
}

function lastLine(text = ""): string {
  return text.trim().split("\n").at(-1) ?? "";
}
