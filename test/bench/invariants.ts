/**
 * `node test/bench/invariants.ts`: runs the three invariant campaigns and prints what they did: for each numbered invariant the
 * campaign, the calls and the violations, for each action the share of its calls that did real work. All figures are counted by
 * the handlers during the run. `LOOP_INVARIANT_RUNS` and `LOOP_INVARIANT_DEPTH` set the length; 334 runs, a million calls, where they do not.
 * Ends with a non-zero code on a violation, on an idle action, and on a number without a check.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { id } from "ethers";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = "test/contracts/invariant";
const LOG = "cache/invariants.csv";
/** What the campaigns deploy by its artifact. */
const DEPLOYED = [
  "contracts/oracle/MarketOracle.sol",
  "contracts/token/LoopCollection.sol",
  "contracts/registry/RecipeRegistry.sol",
  "contracts/royalty/RoyaltySplitter.sol",
];
const LEAST_SHARE = 0.1;
/** Runs that make a million calls. */
const MILLION = "334";
const CAMPAIGNS = {
  collection: "Loop",
  roles: "Roles",
  splitter: "Splitter",
} as const;

type Campaign = keyof typeof CAMPAIGNS;
type Action = { calls: number; work: number };

const read = (path: string) => readFileSync(`${ROOT}${path}`, "utf8");

/** The numbered sentences of the folder's README. */
export function numbered(readme: string): Map<number, string> {
  const sentences = readme.matchAll(/^(\d+)\. ((?:.|\n(?!\d+\. |\n))+)/gmu);
  return new Map(
    [...sentences].map(([, number, text]) => [
      Number(number),
      (text ?? "").replaceAll(/\s+/gu, " "),
    ]),
  );
}

/** The numbers that the named checks of some source carry: `"9, locked work moved"`. */
export function checked(source: string): Set<number> {
  const labels = source.matchAll(/"(\d+)(?: and (\d+))?, /gu);
  return new Set(
    [...labels].flatMap(([, first, second]) =>
      second === undefined ? [Number(first)] : [Number(first), Number(second)],
    ),
  );
}

/** The lines `campaign;selector,calls,work;...` that a run ends with, added up. The runner reports a campaign's last run twice. */
export function addUp(log: string): Map<string, Map<string, Action>> {
  const sums = new Map<string, Map<string, Action>>();
  for (const line of new Set(log.split("\n").filter(Boolean))) {
    const [campaign = "", ...entries] = line.split(";");
    const actions = sums.get(campaign) ?? new Map<string, Action>();
    sums.set(campaign, actions);
    for (const entry of entries.filter((text) => text !== "")) {
      const [selector = "", calls, work] = entry.split(",");
      const action = actions.get(selector) ?? { calls: 0, work: 0 };
      action.calls += Number(calls);
      action.work += Number(work);
      actions.set(selector, action);
    }
  }
  return sums;
}

/** Names of a handler's actions by their selectors. */
function names(handler: string): Map<string, string> {
  const path = `artifacts/${FOLDER}/${handler}.sol/${handler}.json`;
  const { abi } = JSON.parse(read(path)) as {
    abi: { type: string; name: string; inputs: { type: string }[] }[];
  };
  return new Map(
    abi
      .filter(({ type }) => type === "function")
      .map(({ name, inputs }) => [
        id(`${name}(${inputs.map(({ type }) => type).join()})`).slice(0, 10),
        name,
      ]),
  );
}

function hardhat(...args: string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync("npx", ["hardhat", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      LOOP_INVARIANT_RUNS: MILLION,
      ...process.env,
      LOOP_INVARIANT_LOG: LOG,
    },
    maxBuffer: 1 << 28,
  });
  return { ok: status === 0, output: stdout + stderr };
}

if (import.meta.main) {
  const campaigns = Object.entries(CAMPAIGNS) as [Campaign, string][];
  const files = campaigns.map(([, name]) => `${FOLDER}/${name}.t.sol`);
  const handlers = files.map((file) => file.replace(".t.sol", "Handler.sol"));
  const built = hardhat("build", "--quiet", ...DEPLOYED, ...handlers, ...files);
  if (!built.ok) console.log(built.output);
  rmSync(`${ROOT}${LOG}`, { force: true });
  const start = performance.now();
  const { ok, output } = hardhat("test", "solidity", "--no-compile", ...files);
  const seconds = (performance.now() - start) / 1000;
  const sums = addUp(read(LOG));
  const violated = [...output.matchAll(/Invariant violation: (\d+)/gu)];

  const rows: Record<string, Record<string, string | number>> = {};
  let unchecked = 0;
  for (const [number, text] of numbered(read(`${FOLDER}/README.md`))) {
    const places = campaigns.filter(([, name]) =>
      globSync(`${FOLDER}/${name}*.sol`, { cwd: ROOT }).some((path) =>
        checked(read(path)).has(number),
      ),
    );
    if (places.length === 0) unchecked += 1;
    const calls = places
      .flatMap(([campaign]) => [...(sums.get(campaign)?.values() ?? [])])
      .reduce((sum, action) => sum + action.calls, 0);
    rows[number] = {
      invariant: text.length > 70 ? `${text.slice(0, 69)}…` : text,
      campaigns: places.map(([campaign]) => campaign).join(", "),
      calls: calls.toLocaleString("en"),
      violations: violated.filter(([, found]) => Number(found) === number)
        .length,
    };
  }
  console.table(rows);

  let idle = 0;
  let total = 0;
  const actions: Record<string, Record<string, string>> = {};
  for (const [campaign, name] of campaigns) {
    const named = names(`${name}Handler`);
    for (const [selector, { calls, work }] of sums.get(campaign) ?? []) {
      total += calls;
      if (calls === 0 || work / calls < LEAST_SHARE) idle += 1;
      actions[`${campaign}: ${named.get(selector) ?? selector}`] = {
        calls: calls.toLocaleString("en"),
        "real work": `${((100 * work) / calls).toFixed(1)} %`,
      };
    }
  }
  console.table(actions);
  console.log(
    `${total.toLocaleString("en")} calls in ${seconds.toFixed(0)} s (${Math.round(total / seconds).toLocaleString("en")} a second), ` +
      `${Object.keys(rows).length} invariants, ${violated.length} violations; actions that work in less than a tenth: ${idle}; ` +
      `invariants without a check: ${unchecked}`,
  );
  if (!ok) console.log(output);
  if (!ok || idle > 0 || unchecked > 0) process.exitCode = 1;
}
