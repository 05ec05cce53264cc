import { appendFileSync } from "node:fs";

import { noPoint, type Point } from "../loop/journal.ts";

/**
 * The point that the environment asks for; it does nothing unless a test of crashes asks.
 * `LOOP_KILL_AT=label` ends this process by SIGKILL at the first such boundary, where `*` in the label stands for anything (run
 * numbers, hashes); `LOOP_POINTS=file` appends every label passed.
 */
export function pointFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Point {
  const killAt = env["LOOP_KILL_AT"];
  const list = env["LOOP_POINTS"];
  if (killAt === undefined && list === undefined) return noPoint;
  const deadly =
    killAt === undefined
      ? undefined
      : new RegExp(`^${killAt.split("*").map(escape).join(".*")}$`);
  return (label) => {
    if (list !== undefined) appendFileSync(list, `${label}\n`);
    // SIGKILL leaves no chance to tidy up: exactly what a crash does.
    if (deadly?.test(label) === true) process.kill(process.pid, "SIGKILL");
  };
}

function escape(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
}
