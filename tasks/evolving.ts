import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../offchain/kernel/errors.ts";
import { unpackObservation } from "../offchain/kernel/observation.ts";
import { chartEvolution } from "../offchain/loop/chart-evolution.ts";
import { readEpochFacts } from "../offchain/loop/epoch-facts.ts";
import type { EpochPorts } from "../offchain/loop/epoch-ports.ts";
import type {
  EvolvePorts,
  EvolveReport,
} from "../offchain/loop/evolve-task.ts";
import type { Places } from "../offchain/loop/pin-archive.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import type { Recipe } from "../offchain/loop/recipe.ts";
import { createWorkshops } from "../offchain/loop/workshop.ts";
import { recipesHere, type Deps } from "./compose.ts";
import type { EvolveDocument } from "./console/evolve-report.ts";

/** What computing epochs needs: recipes that are here, and workers for each that is wanted. */
export async function epochPorts(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  {
    recipe,
    workers,
    progress,
  }: {
    readonly recipe?: string | undefined;
    readonly workers: number;
    readonly progress: Progress;
  },
): Promise<EpochPorts> {
  const { archives, chain, hash } = deps;
  const recipes = await recipesHere(hre, deps, recipe);
  const pool = (wanted: Recipe) => deps.pool(wanted, workers);
  const workshops = createWorkshops({ recipes, archives, pool });
  return { chain, archives, workshops, progress, hash };
}

/** What publishing them needs; the network's places unless others are given. */
export function evolvePorts(
  deps: Deps,
  ports: EpochPorts,
  { pins }: Places = { pins: () => deps.pins() },
): EvolvePorts {
  const { journal, artefacts, clock } = deps;
  return { ...ports, journal, artefacts, clock, pins, states: deps.states() };
}

/** @throws FatalError `evolve/not-publisher` before hours of painting are lost. */
export async function requirePublisher({
  chain,
  network,
}: Deps): Promise<void> {
  if (await chain.signsAs("publisher")) return;
  throw new FatalError(
    "evolve/not-publisher",
    `No account that is configured for \`${network}\` is the publisher of this collection; run this where its key is.`,
  );
}

/** Draws the chart beside the archive, and says what was published. */
export async function evolveDocument(
  deps: Deps,
  ports: EpochPorts,
  report: EvolveReport,
  { out, tokens }: { readonly out: string; readonly tokens: readonly bigint[] },
): Promise<EvolveDocument> {
  const { chain, artefacts, network } = deps;
  const { chainId, collection } = await chain.instance();
  const svg = await chartEvolution(ports, tokens);
  const chart = {
    svg: join(out, "evolution.svg"),
    png: join(out, "evolution.png"),
  };
  await artefacts.write(chart.svg, svg);
  await artefacts.write(chart.png, await deps.drawChart(svg));
  const { hash: transaction, resumed: _, ...rest } = report;
  const facts = await readEpochFacts(chain, report.round);
  const { block, observation } = facts.round;
  const touched = new Set(
    (await chain.pinEvents(block)).map(({ token }) => token),
  );
  const pinned = [...touched].filter(
    (token) =>
      !facts.burned.has(token) && facts.pinAt(token, block) !== undefined,
  ).length;
  return {
    network,
    chainId,
    collection,
    ...rest,
    transaction,
    observed: unpackObservation(observation).time,
    pinned,
    chart,
    seconds: Object.fromEntries(
      Object.entries(report.seconds).map(([stage, value]) => [
        stage,
        Math.round(value * 1000) / 1000,
      ]),
    ),
  };
}
