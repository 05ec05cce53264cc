import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { unpackObservation } from "../../offchain/kernel/observation.ts";
import { roundsChart } from "../../offchain/loop/rounds-chart.ts";
import { listRounds, type RoundList } from "../../offchain/loop/rounds-list.ts";
import { compose, type Deps } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseFolder } from "../console/options.ts";
import { roundLines, roundsDocument } from "../console/rounds-report.ts";

/** `npx hardhat rounds`: what the oracle was brought, by whom, and a chart of it. */
export default async function (
  args: { readonly out: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const out = parseFolder(args.out);
    const deps = await compose(hre);
    try {
      const list = await listRounds(deps.chain);
      const chart =
        list.rounds.length === 0 ? null : await draw(deps, list, out);
      const document = roundsDocument(deps.network, list, chart);
      console.result(document, () => roundLines(document));
    } finally {
      await deps.close();
    }
  });
}

async function draw(
  { artefacts, chain, drawChart }: Deps,
  { rounds }: RoundList,
  out: string,
): Promise<{ readonly svg: string; readonly png: string }> {
  const { name } = await chain.collectionView();
  const svg = roundsChart({
    title: name,
    rounds: rounds.map(({ round, observation, adapter }) => ({
      round,
      observation: unpackObservation(observation),
      adapter: adapter.kind,
    })),
  });
  const chart = {
    svg: join(out, "rounds.svg"),
    png: join(out, "rounds.png"),
  };
  await artefacts.write(chart.svg, svg);
  await artefacts.write(chart.png, await drawChart(svg));
  return chart;
}
