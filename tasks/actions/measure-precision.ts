import { dirname, join, resolve } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { measurePrecision } from "../../offchain/loop/measure-precision.ts";
import { LEARNED } from "../../offchain/loop/tune-learn.ts";
import { recipeFrom } from "../compose.ts";
import { composeDatasets, fileIfThere } from "../compose/datasets.ts";
import { composeMeasuring } from "../compose/measuring.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseDataset } from "../console/dataset-options.ts";
import { parseSize, parseWhole } from "../console/options.ts";
import {
  precisionLines,
  type PrecisionDocument,
} from "../console/precision-report.ts";

/** `npx hardhat measure-precision`: draws in this process, one thread; no chain is asked. */
export default async function (
  args: {
    readonly recipe: string | undefined;
    readonly dataset: string | undefined;
    readonly works: string | undefined;
    readonly rounds: string | undefined;
    readonly size: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const code = "options/bad-count";
    const many = { low: 1, high: 1_000, code } as const;
    const works = parseWhole(args.works ?? "4", { what: "count", ...many });
    const rounds = parseWhole(args.rounds ?? "5", {
      what: "number of rounds",
      ...many,
    });
    const directory = args.recipe ?? "out/tuned/recipe";
    const recipe = await recipeFrom(hre, directory);
    const learned = await fileIfThere(
      join(dirname(resolve(directory)), LEARNED),
    );
    const size = parseSize(args.size, recipe.manifest);
    const { machine, ...measuring } = composeMeasuring();
    const precisions = await measurePrecision({
      ...measuring,
      files: recipe.files,
      learned,
      works,
      rounds,
      size,
      pictures: await picturesOf(args.dataset, console),
      progress: console,
    });
    const document: PrecisionDocument = {
      recipe: recipe.id,
      learned: learned !== undefined,
      works,
      rounds,
      size,
      energy: measuring.meter.energy,
      machine,
      precisions,
    };
    console.result(document, () => precisionLines(document));
  });
}

async function picturesOf(
  directory: string | undefined,
  console: Console,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  if (directory === undefined) {
    console.note(
      "No --dataset given: decodes are compared with each other only.",
    );
    return undefined;
  }
  const dataset = await composeDatasets().open(parseDataset(directory));
  const pictures = new Map<string, Uint8Array>();
  for (const [place, { name }] of dataset.manifest.images.entries())
    pictures.set(name, await dataset.picture(place));
  return pictures;
}
