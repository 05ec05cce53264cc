// Kill -9 at every step boundary of mint-batch and at random instants, against one local node; then the same command again.
//   node test/bench/kill.ts [--random 50] [--labels all|N] [--fresh all|N] [--seed loop]
// Exits 1 unless nothing is lost, nothing is double, nothing is paid for in vain and every next run finishes, while a naive control
// in the same table fails.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { utf8 } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import { createRng, type Rng } from "../../offchain/kernel/rng.ts";
import { createAuditor } from "./kill/auditor.ts";
import { NAIVE_POINTS } from "./kill/naive.ts";
import { createSandbox, finished, run, type Sandbox } from "./kill/sandbox.ts";
import { count, passes, table, type Row } from "./kill/table.ts";
import {
  COUNT,
  describe,
  dieAndGoOn,
  newRequest,
  type Death,
  type Start,
  type Trial,
} from "./kill/trial.ts";

const SIZE = 64;
const NAIVE = fileURLToPath(new URL("./kill/naive.ts", import.meta.url));

/** What an undisturbed run tells. */
interface Rehearsal {
  /** Boundaries in order, without what differs from run to run. */
  readonly labels: readonly string[];
  readonly seconds: number;
  readonly collection: string;
  readonly recipe: string;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      random: { type: "string", default: "50" },
      labels: { type: "string", default: "all" },
      fresh: { type: "string", default: "all" },
      seed: { type: "string", default: "loop" },
    },
  });
  const rng = createRng(sha256(utf8(values.seed)));
  const sandbox = await createSandbox();
  try {
    const product: Start = ({ to, out }, env) =>
      sandbox.start(
        `mint-batch --network localhost --json --count ${COUNT} --size ${SIZE} --workers 1 --to ${to} --out ${out}`.split(
          " ",
        ),
        env,
      );
    const first = await rehearse(sandbox, product);
    await sandbox.restart();
    const usual = await rehearse(sandbox, product, 2);
    const rows: Row[] = [];
    const row = async (
      name: string,
      trials: AsyncIterable<Trial>,
    ): Promise<void> => {
      rows.push(
        await count(name, trials, (trial) => console.log(describe(trial))),
      );
    };
    console.log(
      `A whole run takes ${usual.seconds.toFixed(1)} s and crosses ${usual.labels.length} kinds of boundary, ${first.labels.length} on a fresh chain.`,
    );
    const auditor = createAuditor(sandbox.url, usual.collection);
    const { folder } = sandbox;
    const { audit } = auditor;
    const die = async function* (
      start: Start,
      deaths: readonly Death[],
    ): AsyncGenerator<Trial> {
      const files = start === product;
      for (const death of deaths)
        yield dieAndGoOn(start, death, { folder, files, audit });
    };
    await row(
      "every boundary",
      die(
        product,
        spread(usual.labels, values.labels).map((label) => ({ label })),
      ),
    );
    await row(
      "random instants",
      die(
        product,
        Array.from({ length: Number(values.random) }, () =>
          drawDeath(rng, usual.seconds),
        ),
      ),
    );
    const inVain = await auditor.reverted();
    const { collection, recipe } = usual;
    const naive: Start = ({ to, count: works, out }, env) => {
      const args = {
        url: sandbox.url,
        collection,
        recipe,
        to,
        count: works,
        notes: `${out}.notes`,
      };
      return run(
        [process.execPath, NAIVE, JSON.stringify(args)],
        sandbox.folder,
        env,
      );
    };
    const control = await count(
      "naive control",
      die(
        naive,
        NAIVE_POINTS.map((label) => ({ label })),
      ),
      (trial) => console.log(describe(trial)),
    );
    auditor.close();

    // What happens only once per chain, deployment and registration, needs a new chain for each death.
    const once = first.labels.filter((label) => !usual.labels.includes(label));
    const deaths: Death[] = [
      ...once.map((label) => ({ label })),
      ...Array.from({ length: 4 }, () => ({
        after: [rng.unit() * first.seconds],
      })),
    ];
    await row(
      "on a fresh chain",
      onFreshChains(sandbox, product, spread(deaths, values.fresh)),
    );

    console.log(table([...rows, control], inVain));
    return inVain === 0 && rows.every(passes) && control.doubled > 0;
  } finally {
    await sandbox.close();
  }
}

async function* onFreshChains(
  sandbox: Sandbox,
  start: Start,
  deaths: readonly Death[],
): AsyncGenerator<Trial> {
  for (const death of deaths) {
    await sandbox.restart();
    // Where the contracts are is known only once a run has finished: the audit asks the chain for it.
    const audit: Parameters<typeof dieAndGoOn>[2]["audit"] = async (
      request,
    ) => {
      const auditor = createAuditor(sandbox.url, undefined);
      try {
        return await auditor.audit(request);
      } finally {
        auditor.close();
      }
    };
    yield dieAndGoOn(start, death, {
      folder: sandbox.folder,
      files: true,
      audit,
    });
  }
}

/** Runs undisturbed so many times; the last one counts. */
async function rehearse(
  { folder }: Sandbox,
  start: Start,
  times = 1,
): Promise<Rehearsal> {
  let ending = { stdout: "", seconds: 0 };
  let points = "";
  for (let i = 0; i < times; i++) {
    const request = newRequest(folder, true);
    points = join(folder, `${request.to}.points`);
    ending = await finished(start(request, { LOOP_POINTS: points }));
  }
  const { collection, recipe } = JSON.parse(ending.stdout) as {
    collection: string;
    recipe: string;
  };
  const passed = (await readFile(points, "utf8")).trim().split("\n");
  return {
    labels: [...new Set(passed.map(generalise))],
    seconds: ending.seconds,
    collection,
    recipe,
  };
}

/** Run numbers, hashes, batches and tokens differ from run to run. */
function generalise(label: string): string {
  return label
    .replace(/0x[0-9a-f]{8,}/g, "*")
    .replace(/mint-batch-\d+/g, "mint-batch-*")
    .replace(/^file\/(\d{7,}|batch-\d+)/g, "file/*");
}

/** All, or so many of them evenly spread. */
function spread<T>(all: readonly T[], wanted: string): readonly T[] {
  const length =
    wanted === "all" ? all.length : Math.min(all.length, Number(wanted));
  return Array.from(
    { length },
    (_, i) => all[Math.floor((i * all.length) / length)] as T,
  );
}

/** An instant of the run; one time in three the run after it is killed too. */
function drawDeath(rng: Rng, seconds: number): Death {
  const instants = rng.below(3) === 0 ? 2 : 1;
  return {
    after: Array.from({ length: instants }, () => rng.unit() * seconds),
  };
}

if (import.meta.main) process.exitCode = (await main()) ? 0 : 1;
