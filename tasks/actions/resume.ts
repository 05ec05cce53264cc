import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { actRequest, isAct, perform } from "../../offchain/loop/acts.ts";
import {
  bringRounds,
  roundsRequest,
} from "../../offchain/loop/bring-rounds.ts";
import { burn, burnRequest } from "../../offchain/loop/burn.ts";
import { DAO, daoAct, performDaoAct } from "../../offchain/loop/dao-acts.ts";
import { EVOLVE, evolve } from "../../offchain/loop/evolve.ts";
import { evolveRequest } from "../../offchain/loop/evolve-task.ts";
import { adopt, forge, forgeRequest } from "../../offchain/loop/forge.ts";
import type { RunRecord } from "../../offchain/loop/journal.ts";
import { mint, mintRequest } from "../../offchain/loop/mint.ts";
import { openChildren } from "../../offchain/loop/open-children.ts";
import { STEWARD } from "../../offchain/loop/steward-runs.ts";
import {
  parameterChange,
  setParameter,
} from "../../offchain/loop/set-parameter.ts";
import { keepReceipt } from "../receipts.ts";
import { requireAdapter } from "../adapters.ts";
import {
  limitSpending,
  parseSpending,
  type BudgetArguments,
} from "../budget.ts";
import { compose, recipeFrom, type Deps } from "../compose.ts";
import { finishLook } from "../compose/steward.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseFolder, parsePlaces, parseWorkers } from "../console/options.ts";
import { table } from "../console/table.ts";
import { epochPorts, evolvePorts } from "../evolving.ts";

/** Something unfinished: what it is, and how it is finished. */
interface Unfinished {
  /** Number of the run in the journal; null for a child that somebody else opened. */
  readonly id: number | null;
  readonly kind: string;
  /** Works. */
  readonly count: number;
  readonly out: string | null;
  readonly steps: number;
  readonly finish: () => Promise<void>;
}

/** `npx hardhat resume`: lists what was interrupted on this chain, and finishes it unless `--list` is given. */
export default async function (
  args: BudgetArguments & {
    readonly list: boolean;
    readonly pin: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const names = parsePlaces(args.pin);
    const budget = parseSpending(args);
    const wired = await compose(hre);
    const deps = { ...wired, pins: () => wired.pins(names) };
    try {
      await limitSpending(deps, budget);
      const { id } = await deps.chain.instance();
      const found: Unfinished[] = [];
      for (const record of await deps.journal.openRuns(id))
        if (record.kind !== "adopt")
          found.push(await unfinishedRun(hre, deps, console, record));
      found.push(...(await adoptable(hre, deps, console)));
      const runs: (Omit<Unfinished, "finish"> & {
        readonly finished: boolean;
      })[] = [];
      for (const { finish, ...described } of found) {
        if (!args.list) await finish();
        runs.push({ ...described, finished: !args.list });
      }
      console.result({ network: deps.network, runs }, () =>
        runs.length === 0
          ? [`Nothing is unfinished on ${deps.network}.`]
          : table(
              ["run", "kind", "works", "folder", "steps done", "state"],
              runs.map((run) => [
                run.id === null ? "-" : `${run.id}`,
                run.kind,
                `${run.count}`,
                run.out ?? "-",
                `${run.steps}`,
                run.finished ? "finished now" : "open",
              ]),
            ),
      );
    } finally {
      await deps.close();
    }
  });
}

async function unfinishedRun(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  { id, kind, input }: RunRecord,
): Promise<Unfinished> {
  const done = (await deps.journal.stepsOf(id)).filter(
    ({ state }) => state === "done",
  );
  const described = { id, kind, steps: done.length };
  const quietly = () => Promise.resolve();
  if (kind === "burn") {
    const works = burnRequest(input);
    return {
      ...described,
      count: works.length,
      out: null,
      finish: () => burn(works, { ...deps, progress: console }, quietly),
    };
  }
  if (kind === DAO) {
    const act = daoAct(input);
    return {
      ...described,
      kind: `${kind} ${act.act}`,
      count: "tokens" in act ? act.tokens.length : 0,
      out: null,
      async finish() {
        const how = { progress: console, send: true };
        const governance = await deps.governance(how);
        await performDaoAct(act, { ...deps, governance });
      },
    };
  }
  if (kind === STEWARD) {
    const out = parseFolder();
    return {
      ...described,
      count: 0,
      out,
      finish: () => finishLook(deps, input, { progress: console, out }),
    };
  }
  if (isAct(kind)) {
    const request = actRequest(input);
    return {
      ...described,
      count: "token" in request ? 1 : 0,
      out: null,
      finish: () => perform(request, deps, quietly),
    };
  }
  if (kind === "rounds") {
    const { adapter: wanted, observations } = roundsRequest(input);
    return {
      ...described,
      count: 0,
      out: null,
      async finish() {
        const options = { progress: console, send: true };
        const adapter = await requireAdapter(deps, wanted, options);
        if (adapter === undefined) return;
        const courier = await deps.courier(adapter);
        const ports = { ...deps, courier, progress: console };
        await bringRounds(observations, ports, quietly);
      },
    };
  }
  if (kind === EVOLVE) {
    const request = evolveRequest(input);
    return {
      ...described,
      count: 0,
      out: request.out,
      async finish() {
        const options = { workers: parseWorkers(), progress: console };
        const ports = await epochPorts(hre, deps, options);
        await evolve(request, evolvePorts(deps, ports));
      },
    };
  }
  if (kind === "parameters") {
    const change = parameterChange(input);
    return {
      ...described,
      count: 0,
      out: null,
      finish: async () => void (await setParameter(change, deps)),
    };
  }
  if (kind === "forge") {
    const request = forgeRequest(input);
    return {
      ...described,
      count: 1,
      out: request.out,
      async finish() {
        const { recipe, ports } = await ready(
          hre,
          deps,
          console,
          request.terms.recipe,
        );
        await forge(request, recipe, ports, quietly);
      },
    };
  }
  const { recipe: recipeId, ...request } = mintRequest(input);
  return {
    ...described,
    count: request.count,
    out: request.out,
    async finish() {
      const { recipe, ports } = await ready(hre, deps, console, recipeId);
      const wiring = deps.receipts();
      const { meter } = wiring;
      await mint(request, recipe, { ...ports, meter }, async (report) => {
        const workers = ports.pool.workers;
        const kept = { request, recipe, workers, report, progress: console };
        await keepReceipt(deps, wiring, kept);
      });
    },
  };
}

/** Children that holders opened and that only the operator can make: found on the chain, whoever opened them and wherever. */
async function adoptable(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
): Promise<Unfinished[]> {
  const { chain, journal } = deps;
  if (!(await chain.signsAs("operator"))) return [];
  const { id } = await chain.instance();
  // A forging of our own finishes its child itself; an adoption that was interrupted is found on the chain again.
  const own = new Set(
    (await journal.openRuns(id))
      .filter(({ kind }) => kind === "forge")
      .map(({ input }) => forgeRequest(input).parents.join(",")),
  );
  const out = parseFolder();
  return (await openChildren(chain))
    .filter(({ parents }) => !own.has(parents.join(",")))
    .map(({ child, holder, parents }) => ({
      id: null,
      kind: "adopt",
      count: 1,
      out,
      steps: 0,
      async finish() {
        const opened = await chain.openedEvent(child);
        const { recipe, ports } = await ready(
          hre,
          deps,
          console,
          opened.recipe,
        );
        await deps.artefacts.prepare(out);
        await adopt(child, { holder, parents, out }, recipe, ports);
      },
    }));
}

async function ready(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  recipeId: string,
) {
  const recipe = await recipeFrom(hre, recipeId);
  const pool = deps.pool(recipe, parseWorkers());
  return { recipe, ports: { ...deps, pool, progress: console } };
}
