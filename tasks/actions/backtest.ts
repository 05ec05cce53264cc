import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { backtestChart } from "../../offchain/loop/backtest-chart.ts";
import { tapeOf } from "../../offchain/loop/backtest.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import { backtest } from "../../offchain/steward/backtest/run.ts";
import { marketText } from "../compose.ts";
import { composeBacktesting } from "../compose/backtesting.ts";
import {
  parseFolds,
  parsePolicy,
  parseRoyalty,
  parseSales,
} from "../console/backtest-options.ts";
import { backtestDocument } from "../console/backtest-document.ts";
import { backtestLines } from "../console/backtest-report.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseFolder } from "../console/options.ts";

interface BacktestArguments {
  readonly market: string | undefined;
  readonly policy: string | undefined;
  readonly folds: string | undefined;
  readonly royalty: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** `npx hardhat backtest`: a policy on recorded sales; reads one file, writes a chart, asks no chain. */
export default async function (
  args: BacktestArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const market = parseSales(args.market);
    const policy = parsePolicy(args.policy);
    const folds = parseFolds(args.folds);
    const base = parseRoyalty(args.royalty);
    const out = parseFolder(args.out);
    const { name, text } = await marketText(hre, market);
    const series = parseMarketCsv(text, { name });
    const tape = tapeOf(series);
    const result = backtest(tape, policy, {
      folds,
      base,
      progress: (done, total) => console.stage("walking", done, total),
    });
    const { files, drawChart } = composeBacktesting();
    const svg = backtestChart({ tape, result });
    const chart = {
      svg: join(out, "backtest.svg"),
      png: join(out, "backtest.png"),
    };
    await files.write(chart.svg, svg);
    await files.write(chart.png, await drawChart(svg));
    const document = backtestDocument({ series, tape, result, chart });
    console.result(document, () => backtestLines(document));
  });
}
