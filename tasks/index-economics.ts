import { task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

/** The verbs about what minting costs, and about the page that a marketplace shows. */
export const economicsTasks = [
  task(
    "estimate",
    "Say what minting works would cost now: gas, data, storage, time; sends nothing",
  )
    .addOption(text("count", "Works to mint, 1 to 10000 (default 12)"))
    .addOption(
      text(
        "size",
        "Side of the pictures in pixels: 64, 128, ... 4096 (default: the recipe's)",
      ),
    )
    .addOption(
      text("to", "Owner of the works (default: the account that mints)"),
    )
    .addOption(
      text("recipe", "Recipe id or directory (default: the built-in one)"),
    )
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addOption(
      text("currency", "Also in this currency, for instance eur, by CoinGecko"),
    )
    .addOption(
      text("price", "What one coin of the chain is worth, instead of asking"),
    )
    .addFlag(json)
    .setAction(() => import("./actions/estimate.ts"))
    .build(),
];
