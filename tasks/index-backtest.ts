import { task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

/** The verb that tries a steward's policy on recorded sales; no chain is asked. */
export const backtestTasks = [
  task(
    "backtest",
    "Try a steward's policy on recorded sales, fold by fold, never seeing what is to come",
  )
    .addOption(text("market", "CSV of sales: timestamp,token_id,price_eth"))
    .addOption(
      text("policy", "bandit, margins, rules or hold (default bandit)"),
    )
    .addOption(
      text("folds", "Parts in which the future is judged (default: at most 6)"),
    )
    .addOption(
      text(
        "royalty",
        "Royalty under which the sales are taken to have been made, and from which the policy begins (default 5%)",
      ),
    )
    .addOption(text("out", "Folder for the chart (default out)"))
    .addFlag(json)
    .setAction(() => import("./actions/backtest.ts"))
    .build(),
];
