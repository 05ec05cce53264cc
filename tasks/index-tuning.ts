import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { json, text } from "./console/arguments.ts";

/** The verbs by which a model is tuned, and what works cost is measured. */
export const tuningTasks = [
  task(
    "tune",
    "Tune the base on a sealed dataset: an adapter, its curve and previews, and a whole recipe to mint from",
  )
    .addOption(text("dataset", "A sealed dataset (default out/dataset)"))
    .addOption(
      text("rank", "Rank of the low-rank matrices, 1 to 64 (default 8)"),
    )
    .addOption(
      text("steps", "Most steps; it stops earlier where nothing is gained"),
    )
    .addOption(
      text(
        "precision",
        "Storage of the adapter: int8, f16 or f32 (default int8)",
      ),
    )
    .addOption(
      text(
        "previewEvery",
        "Steps between preview sheets (default 1000; 0 for one at the end)",
      ),
    )
    .addOption(text("out", "Folder for everything (default out/tuned)"))
    .addOption(
      text(
        "name",
        "Name of the works, before their number (default: the dataset's title)",
      ),
    )
    .addOption(
      text(
        "workers",
        "Threads that draw for the calibration (default: one for each core)",
      ),
    )
    .addFlag(json)
    .setAction(() => import("./actions/tune.ts"))
    .build(),
  task(
    "measure-precision",
    "Measure a tuned recipe with its adapter as f32, f16 and int8: bytes, time, energy and quality by accepted work",
  )
    .addOption(text("recipe", "A tuned recipe (default out/tuned/recipe)"))
    .addOption(
      text(
        "dataset",
        "The sealed dataset, to compare decodes with its pictures",
      ),
    )
    .addOption(text("works", "Accepted works in each round (default 4)"))
    .addOption(text("rounds", "Rounds, for the spread (default 5)"))
    .addOption(
      text("size", "Side of the pictures in pixels (default: the recipe's)"),
    )
    .addFlag(json)
    .setAction(() => import("./actions/measure-precision.ts"))
    .build(),
  task(
    "verify-receipts",
    "Check who signed what making the works took, and that the archives beside it say the same",
  )
    .addPositionalArgument({
      name: "file",
      description: "The file (default out/receipts.json)",
      type: ArgumentType.STRING,
      defaultValue: "out/receipts.json",
    })
    .addFlag(json)
    .setAction(() => import("./actions/verify-receipts.ts"))
    .build(),
];
