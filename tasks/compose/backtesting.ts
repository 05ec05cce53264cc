import { drawChart } from "../../offchain/adapters/chart-png.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import type { Artefacts } from "../../offchain/loop/artefacts.ts";
import type { DrawChart } from "../../offchain/loop/ports-chart.ts";

/** A backtest needs no chain: only where its chart is written, and what draws it. */
export function composeBacktesting(): {
  readonly files: Artefacts;
  readonly drawChart: DrawChart;
} {
  return { files: createFiles(), drawChart };
}
