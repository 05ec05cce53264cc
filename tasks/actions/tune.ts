import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { isLoopError } from "../../offchain/kernel/errors.ts";
import { recordAct } from "../../offchain/loop/record-act.ts";
import { tune, type TuneReport } from "../../offchain/loop/tune.ts";
import type { TunePorts } from "../../offchain/loop/ports-tune.ts";
import { compose } from "../compose.ts";
import { composeDatasets, dossierTime } from "../compose/datasets.ts";
import { composeTuning } from "../compose/tuning.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseDataset } from "../console/dataset-options.ts";
import { parseFolder, parseWorkers } from "../console/options.ts";
import { tuneDocument, tuneLines } from "../console/tune-report.ts";
import {
  parseName,
  parsePrecision,
  parsePreviewEvery,
  parseRank,
  parseSteps,
} from "../console/tuning-options.ts";

interface TuneArguments {
  readonly dataset: string | undefined;
  readonly rank: string | undefined;
  readonly steps: string | undefined;
  readonly precision: string | undefined;
  readonly previewEvery: string | undefined;
  readonly out: string | undefined;
  readonly name: string | undefined;
  readonly workers: string | undefined;
  readonly json: boolean;
}

/** `npx hardhat tune`: Ctrl-C saves and ends with 130; the same command goes on, also after a kill. */
export default async function (
  args: TuneArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  const stop = new AbortController();
  const stops = (): boolean => {
    // The first Ctrl-C lets the slice end and saves; a second one ends the process at once, and loses seconds.
    stop.abort();
    return true;
  };
  await guarded(async () => {
    const request = {
      dataset: parseDataset(args.dataset),
      rank: parseRank(args.rank),
      steps: parseSteps(args.steps),
      precision: parsePrecision(args.precision),
      previewEvery: parsePreviewEvery(args.previewEvery),
      out: parseFolder(args.out ?? "out/tuned"),
      name: parseName(args.name),
    };
    const workers = parseWorkers(args.workers);
    const ports = await composeTuning(workers, console, stop.signal);
    try {
      const revoked = chainAsked(hre);
      const report = await tune(request, { ...ports, revoked });
      await noteInDossier(request.dataset, report, console);
      console.result(tuneDocument(report), () =>
        tuneLines(report, request.out),
      );
    } catch (error) {
      if (!isLoopError(error, "tune/interrupted")) throw error;
      console.note(error.message);
      process.exitCode = 130;
    }
  }, stops);
}

/** Writes a tuning that was finished just now into the dataset's dossier; one that has none, or is read-only, is tuned all the same. */
async function noteInDossier(
  dataset: string,
  { check, rank, result, precision, donors, id }: TuneReport,
  console: Console,
): Promise<void> {
  if (check === undefined) return;
  try {
    await recordAct(composeDatasets(), dataset, {
      time: dossierTime(),
      who: "npx hardhat tune",
      act: "tuned",
      words: `rank ${rank}, ${result.steps} steps, ${precision}, ${donors} pictures: recipe ${id}`,
    });
  } catch (error) {
    if (!isLoopError(error)) throw error;
    console.note(`The dossier does not tell of this tuning: ${error.message}`);
  }
}

/** With `--network`, the chain that the works are for is asked whether it has revoked the dataset; else none is. */
function chainAsked(hre: HardhatRuntimeEnvironment): TunePorts["revoked"] {
  if (hre.globalOptions.network === undefined) return undefined;
  return async (root) => {
    const deps = await compose(hre, { deploy: false, keys: false });
    try {
      const datasets = await deps.chain.datasets();
      return datasets.some((each) => each.root === root && each.revoked);
    } finally {
      await deps.close();
    }
  };
}
