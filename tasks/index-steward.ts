import { task } from "hardhat/config";

import { budget, dryRun, json, pin, price, text } from "./console/arguments.ts";

/** The verb of the agent that moves parameters inside the DAO's bounds. */
export const stewardTasks = [
  task(
    "steward",
    "Look at rounds, own sales, burns and acts; move a parameter within the DAO's bounds, propose to the DAO, or wait",
  )
    .addOption(
      text(
        "policy",
        "Who decides: rules (the default), bandit, margins, or hold",
      ),
    )
    .addFlag({
      name: "watch",
      description: "Look once at each new round, until Ctrl-C",
    })
    .addOption(
      text("every", "Seconds between two looks for a round of --watch (60)"),
    )
    .addFlag({
      name: "replay",
      description:
        "Decide every journalled view again, and fail where a decision differs",
    })
    .addOption(
      text(
        "explainWith",
        "Language model that explains to people what was done: https://HOST/v1#MODEL, key in LOOP_EXPLAINER_KEY; it decides nothing (default: none)",
      ),
    )
    .addOption(text("out", "Folder for published reasons (default out)"))
    .addOption(pin)
    .addOption(budget)
    .addOption(price)
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/steward.ts"))
    .build(),
];
