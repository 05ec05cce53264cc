import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { json } from "./console/arguments.ts";

/** The verbs by which a model is tuned, and what works cost is measured. */
export const tuningTasks = [
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
