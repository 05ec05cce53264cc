/**
 * `node test/bench/coverage.ts`: runs the Solidity tests without the invariants and prints which lines and branches of
 * contracts/** they reach, and each one that they do not. A branch is one way of a `require` or an `if`; the sides of `&&`, `||`
 * and `?:` are not told apart. Fails if a test fails. What a line reached is worth, the mutants tell.
 */
import { readFileSync } from "node:fs";

import { measure } from "./coverage/forge.ts";
import type { FileCoverage } from "./coverage/lcov.ts";
import { ROOT } from "./solc/sources.ts";

const { files, passed, failures } = await measure();

interface Count {
  readonly name: string;
  readonly lines: Share;
  readonly branches: Share;
}
type Share = readonly [reached: number, all: number];

const counts = files.map(({ file, lines, branches }): Count => ({
  name: file,
  lines: shareOf([...lines.values()]),
  branches: shareOf(branches.map(({ hits }) => hits)),
}));
const total: Count = {
  name: "all",
  lines: sum(counts.map(({ lines }) => lines)),
  branches: sum(counts.map(({ branches }) => branches)),
};

const missed = files.flatMap(unreached);
if (missed.length > 0) console.log(`not reached:\n${missed.join("\n")}\n`);
console.log(
  `${"".padEnd(42)}${"lines".padStart(18)}${"branches".padStart(18)}`,
);
for (const { name, lines, branches } of [...counts, total])
  console.log(`${name.padEnd(42)}${show(lines)}${show(branches)}`);
console.log(`${passed} tests passed, ${failures.length} failed`);

for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;

function shareOf(hits: readonly number[]): Share {
  return [hits.filter((count) => count > 0).length, hits.length];
}

function sum(shares: readonly Share[]): Share {
  return shares.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
}

function show([reached, all]: Share): string {
  const percent = all === 0 ? "" : ((100 * reached) / all).toFixed(1);
  return `${`${reached} of ${all}`.padStart(11)}${percent.padStart(7)}`;
}

/** One line of text for each branch not gone, and for each line not run whose branches do not say so already. */
function unreached({ file, lines, branches }: FileCoverage): string[] {
  const source = readFileSync(`${ROOT}/${file}`, "utf8").split("\n");
  const told = new Set(branches.map(({ line }) => line));
  const gaps = [
    ...branches
      .filter(({ hits }) => hits === 0)
      .map(({ line, way }) => ({ line, what: wayOf(source, line, way) })),
    ...[...lines]
      .filter(([line, hits]) => hits === 0 && !told.has(line))
      .map(([line]) => ({ line, what: "line" })),
  ];
  return gaps
    .sort((a, b) => a.line - b.line)
    .map(
      ({ line, what }) =>
        `  ${file}:${line}  ${what}: ${source[line - 1]?.trim() ?? ""}`,
    );
}

function wayOf(source: readonly string[], line: number, way: 0 | 1): string {
  const isRequire = /\brequire\(/.test(source[line - 1] ?? "");
  if (isRequire) return way === 0 ? "refuses" : "passes";
  return way === 0 ? "goes in" : "goes past";
}
