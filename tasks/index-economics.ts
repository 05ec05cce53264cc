import { task } from "hardhat/config";

import { dryRun, json, pin, text } from "./console/arguments.ts";

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
    .addOption(text("to", "Owner of the works (default: the operator)"))
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
  task(
    "describe-collection",
    "Make the page that marketplaces show, have it held, and name it on chain as the collection's contractURI",
  )
    .addOption(text("name", "Name (default: the collection's on chain)"))
    .addOption(text("description", "Description (default: the recipe's)"))
    .addOption(
      text("image", "Picture (default: the first work of the newest batch)"),
    )
    .addOption(text("banner", "Picture across the top of the page"))
    .addOption(text("featured", "Picture for lists of collections"))
    .addOption(
      text("externalLink", "Web page, https (default: the recipe's, if any)"),
    )
    .addOption(
      text(
        "collaborators",
        "Addresses that may edit the page beside the owner, commas between them",
      ),
    )
    .addOption(
      text("recipe", "Recipe id or directory (default: the built-in one)"),
    )
    .addOption(text("out", "Folder for the results (default out)"))
    .addOption(pin)
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/describe-collection.ts"))
    .build(),
];
