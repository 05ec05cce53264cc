// Kill -9 at every step boundary of mint-batch and at random instants, against a local node; then the same command again.
//   node test/bench/kill.ts [--random 50] [--labels all|N] [--fresh all|N] [--nodes 1] [--seed loop]
// Several nodes share the trials, each with a project folder of its own. Exits 1 unless nothing is lost, nothing is double, nothing is
// paid for in vain and every next run finishes, while a naive control in the same table fails.
import { parseArgs } from "node:util";

import { utf8 } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import { createRng, type Rng } from "../../offchain/kernel/rng.ts";
import { NAIVE_POINTS } from "./kill/naive.ts";
import { build } from "./kill/sandbox.ts";
import { share } from "./kill/share.ts";
import { createStage, type Stage } from "./kill/stage.ts";
import { count, passes, table, type Row } from "./kill/table.ts";
import { describe, type Death, type Trial } from "./kill/trial.ts";

/** Random instants of the very first run on a chain, which deploys. */
const FRESH_INSTANTS = 4;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      random: { type: "string", default: "50" },
      labels: { type: "string", default: "all" },
      fresh: { type: "string", default: "all" },
      nodes: { type: "string", default: "1" },
      seed: { type: "string", default: "loop" },
    },
  });
  const rng = createRng(sha256(utf8(values.seed)));
  await build();
  const stages: Stage[] = [];
  try {
    for (let i = 0; i < Number(values.nodes); i++)
      stages.push(await createStage());
    const [{ first, usual }] = stages as [Stage];
    const everyTime = kindsOf(usual.labels);
    const onlyFirst = kindsOf(first.labels, everyTime);
    console.log(
      `A run takes ${usual.seconds.toFixed(1)} s and crosses ${everyTime.length} kinds of boundary, its first one on a chain ${onlyFirst.length} more.`,
    );
    const row = (
      name: string,
      deaths: readonly Death[],
      die: (stage: Stage) => (death: Death) => Promise<Trial>,
    ): Promise<Row> =>
      count(name, share(deaths, stages.map(die)), (trial) =>
        console.log(describe(trial)),
      );

    const rows = [
      await row(
        "every boundary",
        spread(everyTime, values.labels).map((label) => ({ label })),
        (stage) => (death) => stage.product(death),
      ),
      await row(
        "random instants",
        Array.from({ length: Number(values.random) }, () =>
          drawDeath(rng, usual.seconds),
        ),
        (stage) => (death) => stage.product(death),
      ),
    ];
    let inVain = 0;
    for (const stage of stages) inVain += await stage.reverted();
    const control = await row(
      "naive control",
      NAIVE_POINTS.map((label) => ({ label })),
      (stage) => (death) => stage.naive(death),
    );
    // What happens only once per chain, deployment and registration, needs a new chain for each death.
    const firstDeaths: Death[] = [
      ...onlyFirst.map((label) => ({ label })),
      ...Array.from({ length: FRESH_INSTANTS }, () => ({
        after: [rng.unit() * first.seconds],
      })),
    ];
    rows.push(
      await row(
        "on a fresh chain",
        spread(firstDeaths, values.fresh),
        (stage) => (death) => stage.productOnFreshChain(death),
      ),
    );
    const ran = rows.filter(({ trials }) => trials > 0);
    console.log(table([...ran, control], inVain));
    return inVain === 0 && ran.every(passes) && control.doubled > 0;
  } finally {
    for (const stage of stages) await stage.close();
  }
}

/** One label of each kind, with `*` for what differs from run to run, less the kinds that are known already. */
function kindsOf(
  labels: readonly string[],
  known: readonly string[] = [],
): string[] {
  const general = labels.map((label) =>
    label
      .replace(/0x[0-9a-f]{8,}/g, "*")
      .replace(/mint-batch-\d+/g, "mint-batch-*")
      .replace(/^file\/(\d{7,}|batch-\d+)/g, "file/*"),
  );
  return [...new Set(general)].filter((label) => !known.includes(label));
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
