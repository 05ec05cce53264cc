/**
 * Mutants by sumo, a mutation testing tool for Solidity. Its operators only are used: its runner knows neither Hardhat 3 nor a
 * compiler that npm brings. It is no dependency of ours, but is installed into a temporary folder for the time of the command.
 */
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Mutant } from "./runner.ts";

export const SUMO = "@morenabarboni/sumo@1.2.1";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Operators that are left out, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  FVR: "visibility of functions: compiles only where it changes nothing that a caller can see, or shows what was internal",
  VVR: "visibility of variables: the same",
  DLR: "data location: does not compile, or changes nothing",
};

/** Interfaces and the enum hold no code; job names are the same constants in the tests. */
const FILES =
  "contracts/{access,libraries,oracle,registry,royalty,token,types}/*.sol";
const WITHOUT_CODE = ["contracts/access/Roles.sol"];

/** Nothing unsigned is below zero, and no status is above the last: these comparisons are the ones that they replace. */
const SAME: readonly RegExp[] = [
  /^(!=) (0|address\(0\)|bytes32\(0\))(?![\w.]) => >$/,
  /^(==) (0|address\(0\)|bytes32\(0\))(?![\w.]) => <=$/,
  /^(==) BatchStatus\.Abandoned => >=$/,
];

function isSame(
  source: string,
  { start, end, replace }: SumoMutation,
): boolean {
  const operand = /^\s*([\w.]+(\(0\))?)/.exec(source.slice(end))?.[1] ?? "";
  const text = `${source.slice(start, end).trim()} ${operand} => ${replace.trim()}`;
  return SAME.some((pattern) => pattern.test(text));
}

/** A change that sumo proposes, with its place. */
export interface Proposal extends Mutant {
  readonly operator: string;
  readonly line: number;
  /** The changed line, or the first of them, as it reads afterwards. */
  readonly reads: string;
}

interface SumoMutation {
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly replace: string;
}

type Visit = (visitor: unknown) => void;

interface SumoOperator {
  readonly ID: string;
  getMutations(file: string, source: string, visit: Visit): SumoMutation[];
}

interface Parser {
  parse(source: string, options: { range: true; loc: true }): unknown;
  visit(tree: unknown, visitor: unknown): void;
}

/** Every change that sumo proposes for the contracts, each text once. */
export function proposals(): Proposal[] {
  const load = createRequire(join(install(), "index.js"));
  const parser = load("@solidity-parser/parser") as Parser;
  const { CompositeOperator: _, ...constructors } = load(
    "@morenabarboni/sumo/src/operators/mutationGenerator.js",
  ) as Record<string, new () => SumoOperator>;
  const operators = Object.values(constructors)
    .map((Operator) => new Operator())
    .filter(({ ID }) => LEFT_OUT[ID] === undefined);
  return globSync(FILES, { cwd: ROOT })
    .filter((file) => !WITHOUT_CODE.includes(file))
    .sort()
    .flatMap((file) => of(file, parser, operators));
}

function of(
  file: string,
  parser: Parser,
  operators: readonly SumoOperator[],
): Proposal[] {
  const source = readFileSync(join(ROOT, file), "utf8");
  const tree = parser.parse(source, { range: true, loc: true });
  const visit: Visit = (visitor) => parser.visit(tree, visitor);
  const seen = new Map<string, Proposal>();
  for (const operator of operators)
    for (const change of operator.getMutations(file, source, visit)) {
      const { start, end, startLine, replace } = change;
      const text = source.slice(0, start) + replace + source.slice(end);
      if (text === source || seen.has(text) || isSame(source, change)) continue;
      const reads = (text.split("\n")[startLine - 1] ?? "").trim();
      const id = `${file}:${startLine} ${operator.ID} ${reads}`;
      const proposal = { id, file, change: { text }, line: startLine, reads };
      seen.set(text, { ...proposal, operator: operator.ID });
    }
  return [...seen.values()];
}

function install(): string {
  const folder = mkdtempSync(join(tmpdir(), "loop-sumo-"));
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  writeFileSync(
    join(folder, "sumo-config.js"),
    "module.exports = { minimal: false };\n",
  );
  execFileSync(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", SUMO],
    { cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
  );
  return folder;
}
