/**
 * `node test/bench/steward-key.ts`: what a stolen steward's key can do. Runs test/contracts/governance/HostileSteward.t.sol, courses of 200
 * steps, random ones and greedy ones, under the limits of a deployment and under any others, and prints what they came to. The thief also
 * tries every writing function of every contract of the product. `LOOP_FUZZ_RUNS` sets how many courses; 10,000 where it does not. Ends
 * with a non-zero code on a breach, which the test finds.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { Interface, type JsonFragment } from "ethers";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TEST = "test/contracts/governance/HostileSteward.t.sol";
/** The one file that Solidity tests may write. */
const LOG = "cache/invariants.csv";
/** What the test deploys, and other contracts whose functions the thief tries. */
const DEPLOYED = globSync(
  "contracts/{token,oracle,registry,royalty,governance}/*.sol",
  {
    cwd: ROOT,
  },
);
const STEPS = 200;
const COURSES = "10000";

/** One course, as the test tells it. */
interface Course {
  readonly key: string;
  readonly seed: string;
  readonly moves: number;
  readonly refused: number;
  readonly others: number;
  /** The worst slot's distance from where it began, beside its closed form, bps. */
  readonly worst: number;
}

/** Selectors of all functions that write, of all contracts whose artifacts are given; `move` is tried with care elsewhere. */
export function writingSelectors(
  abis: readonly (readonly JsonFragment[])[],
): string[] {
  const selectors = abis.flatMap((abi) => {
    const found: string[] = [];
    new Interface(abi).forEachFunction(({ name, selector, constant }) => {
      if (!constant && name !== "move") found.push(selector);
    });
    return found;
  });
  return [...new Set(selectors)].sort();
}

/** The lines `key;seed;moves;refused;others;worst` that the test writes. */
export function coursesOf(log: string): Course[] {
  return log
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [key = "", seed = "", ...numbers] = line.split(";");
      const [moves = 0, refused = 0, others = 0, worst = 0] =
        numbers.map(Number);
      return { key, seed, moves, refused, others, worst };
    });
}

function hardhat(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync("npx", ["hardhat", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { LOOP_FUZZ_RUNS: COURSES, ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return { ok: status === 0, output: stdout + stderr };
}

function row(courses: readonly Course[]): Record<string, string | number> {
  const sum = (of: (course: Course) => number): string =>
    courses
      .reduce((total, course) => total + of(course), 0)
      .toLocaleString("en");
  const worst = Math.max(0, ...courses.map((course) => course.worst));
  return {
    courses: courses.length.toLocaleString("en"),
    different: new Set(courses.map(({ seed }) => seed)).size.toLocaleString(
      "en",
    ),
    steps: (courses.length * STEPS).toLocaleString("en"),
    "moves made": sum(({ moves }) => moves),
    "moves refused": sum(({ refused }) => refused),
    "other calls": sum(({ others }) => others),
    "worst drift": `${(worst / 100).toFixed(2)} % of the closed form`,
  };
}

if (import.meta.main) {
  const built = hardhat({}, ["build", "--quiet", ...DEPLOYED, TEST]);
  if (!built.ok) console.log(built.output);
  const abis = globSync("artifacts/contracts/**/*.json", { cwd: ROOT })
    .filter((path) => !/interfaces|libraries|mocks|types/u.test(path))
    .map(
      (path) =>
        (
          JSON.parse(readFileSync(`${ROOT}${path}`, "utf8")) as {
            abi: JsonFragment[];
          }
        ).abi,
    );
  const selectors = writingSelectors(abis);
  rmSync(`${ROOT}${LOG}`, { force: true });
  const start = performance.now();
  const { ok, output } = hardhat(
    {
      LOOP_STEWARD_LOG: LOG,
      LOOP_STEWARD_SELECTORS: selectors.map((text) => text.slice(2)).join(""),
    },
    ["test", "solidity", "--no-compile", TEST],
  );
  const seconds = (performance.now() - start) / 1000;
  if (!ok) console.log(output);

  const courses = coursesOf(readFileSync(`${ROOT}${LOG}`, "utf8"));
  console.table({
    random: row(courses.filter(({ key }) => key === "random")),
    greedy: row(courses.filter(({ key }) => key === "greedy")),
    all: row(courses),
  });
  console.log(
    `selectors tried beside move: ${selectors.length}\n` +
      `breaches: ${ok ? 0 : "at least one, see above"}; wei moved: ${ok ? 0 : "see above"}; stopped in 1 transaction: ${ok ? "every course" : "see above"};\n` +
      `after it burning, abandoning and the DAO's own went on: ${ok ? "every course" : "see above"}. ${seconds.toFixed(0)} s`,
  );
  if (!ok || courses.length === 0) process.exitCode = 1;
}
