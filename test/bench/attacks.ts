/**
 * Runs the attack tests and prints what really ran: attack, twin, ours. Exits 1 if a twin resists, ours falls, or an attack lacks
 * one of its halves.
 *
 *   node test/bench/attacks.ts
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import hre from "hardhat";

import { columns } from "./mutants/columns.ts";
import { fileOf, runSuites, type Suite } from "./mutants/suites.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What one attack did in its tests, as "passed of all". */
interface Attack {
  readonly name: string;
  readonly twin: Half;
  readonly ours: Half;
}

interface Half {
  readonly passed: number;
  readonly tests: number;
}

const held = ({ passed, tests }: Half): boolean =>
  tests > 0 && passed === tests;

function attackOf({ id, testResults }: Suite): Attack {
  const half = (isTwin: boolean): Half => {
    const tests = testResults.filter(
      ({ name }) => /twin/i.test(name) === isTwin,
    );
    const passed = tests.filter(({ status }) => status === "Success").length;
    return { passed, tests: tests.length };
  };
  const name = fileOf(id.source).replace("attacks/", "");
  return { name, twin: half(true), ours: half(false) };
}

const files = globSync("test/contracts/attacks/**/*.t.sol", { cwd: ROOT });
// Everything, because the tests deploy artifacts and a build of the tests alone leaves old ones.
await hre.tasks.getTask("build").run({ quiet: true });
const suites = await runSuites(
  hre,
  files.map((file) => `${ROOT}${file}`),
  true,
);
const attacks = suites
  .map(attackOf)
  .sort((a, b) => a.name.localeCompare(b.name));

const told = (half: Half, yes: string, no: string): string =>
  half.tests === 0
    ? "NO TEST"
    : `${held(half) ? yes : no} (${half.passed}/${half.tests})`;
const rows = attacks.map(({ name, twin, ours }) => [
  name,
  told(twin, "succeeds", "RESISTS"),
  told(ours, "fails", "SUCCEEDS"),
]);
const fallen = attacks.filter(({ twin }) => held(twin)).length;
const broken = attacks.filter(({ ours }) => !held(ours)).length;
console.log(`\n${columns([["attack", "twin", "ours"], ...rows])}`);
console.log(
  `\nattacks that succeed: ${fallen} of ${attacks.length} on the twins, ${broken} on ours`,
);
if (fallen < attacks.length || broken > 0 || attacks.length < files.length)
  process.exitCode = 1;
