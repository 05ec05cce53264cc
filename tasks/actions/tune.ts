import { isLoopError } from "../../offchain/kernel/errors.ts";
import { tune } from "../../offchain/loop/tune.ts";
import { composeTuning } from "../compose/tuning.ts";
import { createConsole, guarded } from "../console/console.ts";
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
export default async function (args: TuneArguments): Promise<void> {
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
      const report = await tune(request, ports);
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
