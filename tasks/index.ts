import { emptyTask, overrideTask, task } from "hardhat/config";

import { budget, dryRun, json, pin, price, text } from "./console/arguments.ts";
import { backtestTasks } from "./index-backtest.ts";
import { daoTasks } from "./index-dao.ts";
import { deploymentTasks } from "./index-deployment.ts";
import { economicsTasks } from "./index-economics.ts";
import { evolvingTasks } from "./index-evolving.ts";
import { modelTasks } from "./index-models.ts";
import { publishingTasks } from "./index-publishing.ts";
import { stewardTasks } from "./index-steward.ts";

/** Every verb of the product. Its logic lies in offchain/loop; the action files parse, wire and print. */
export const tasks = [
  task(
    "mint-batch",
    "Make pictures, grade them, pack them for IPFS, mint them and prove that they can be rebuilt",
  )
    .addOption(
      text(
        "count",
        "Works to mint, 1 to 10000 (default 12; more than 5000 become several batches)",
      ),
    )
    .addOption(
      text(
        "size",
        "Side of the pictures in pixels: 64, 128, ... 4096 (default: the recipe's)",
      ),
    )
    .addOption(text("out", "Folder for the results (default out)"))
    .addOption(
      text("to", "Owner of the works (default: the account that mints)"),
    )
    .addOption(
      text(
        "market",
        "CSV of daily candles or of sales (default: a small synthetic sample)",
      ),
    )
    .addOption(
      text(
        "date",
        "Look no further than the end of this day, YYYY-MM-DD (default: the file's last)",
      ),
    )
    .addOption(
      text("recipe", "Recipe id or directory (default: the built-in one)"),
    )
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addOption(
      text(
        "royalty",
        "The batch's own for ever, RECEIVER:BPS, offered by the parameter authority (default: the collection's)",
      ),
    )
    .addOption(budget)
    .addOption(price)
    .addOption(pin)
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/mint-batch.ts"))
    .build(),
  task(
    "verify-token",
    "Rebuild a work and compare it with the chain, byte for byte",
  )
    .addOption(text("token", "Token id"))
    .addOption(
      text(
        "epoch",
        "Number of the epoch, genesis, or shown for what the work shows now (default genesis)",
      ),
    )
    .addOption(
      text(
        "car",
        "CAR of the token's batch, or of the epoch (default: the local store's, if it has it)",
      ),
    )
    .addOption(
      text(
        "recipe",
        "Recipe directory, where the batch's is not the built-in one and no CAR holds it",
      ),
    )
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addFlag({
      name: "deep",
      description:
        "Rebuild the whole batch, or the whole epoch, from the chain alone, trusting no file",
    })
    .addFlag(json)
    .setAction(() => import("./actions/verify-token.ts"))
    .build(),
  task(
    "burn",
    "Burn works of yours; with --forge, give them for a new one of a higher generation",
  )
    .addOption(text("tokens", "Token ids, commas between them"))
    .addFlag({
      name: "forge",
      description: "Forge one new work out of these, which are burned for it",
    })
    .addOption(text("out", "Folder for a forged work (default out)"))
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addOption(pin)
    .addOption(budget)
    .addOption(price)
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/burn.ts"))
    .build(),
  ...evolvingTasks,
  ...deploymentTasks,
  ...publishingTasks,
  ...economicsTasks,
  ...backtestTasks,
  ...modelTasks,
  ...stewardTasks,
  ...daoTasks,
  task(
    "collection",
    "Show the collection: supply, holders, generations, royalty, recipes, jobs",
  )
    .addFlag({
      name: "abandoned",
      description:
        "Also rebuild what the abandoned batches would have been, and show it",
    })
    .addOption(text("out", "Folder for rebuilt works (default out)"))
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addFlag(json)
    .setAction(() => import("./actions/collection.ts"))
    .build(),
  task(
    "parameters",
    "Show the parameters: value, bounds, step, who may move each and when next; with --set, move one with the key that holds the job",
  )
    .addOption(
      text(
        "set",
        "NAME=VALUE: royalty=RECEIVER:BPS, royalty-offer=RECEIVER:BPS, royalty-withdraw=RECEIVER:BPS, works-per-day=N, validator=ADDRESS|none, forge=K|closed, paused=yes|no, oracle=ADDRESS, contract-uri=URI, adapters=ACTIVE,FALLBACK (none for nobody), reporters=ADAPTER,QUORUM,REPORTER,REPORTER,...",
      ),
    )
    .addOption(
      text("recipe", "Recipe of forged works (default: the built-in one)"),
    )
    .addOption(
      text("size", "Side of forged pictures in pixels (default: the recipe's)"),
    )
    .addOption(
      text(
        "market",
        "CSV that the forge's conditions are observed from (default: a small synthetic sample)",
      ),
    )
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/parameters.ts"))
    .build(),
  emptyTask("recipe", "The recipes that a collection may mint from").build(),
  task(
    ["recipe", "register"],
    "Register a recipe; nothing can be minted from it before",
  )
    .addOption(text("recipe", "Recipe directory (default: the built-in one)"))
    .addOption(pin)
    .addFlag(json)
    .setAction(() => import("./actions/recipe-register.ts"))
    .build(),
  task(["recipe", "list"], "List the registered recipes")
    .addFlag(json)
    .setAction(() => import("./actions/recipe-list.ts"))
    .build(),
  task(["recipe", "show"], "Show what a recipe directory holds, and its id")
    .addOption(text("recipe", "Recipe directory (default: the built-in one)"))
    .addFlag(json)
    .setAction(() => import("./actions/recipe-show.ts"))
    .build(),
  task(
    ["recipe", "revoke"],
    "Revoke a recipe for ever: nothing more is opened or sealed under it",
  )
    .addOption(text("recipe", "Recipe id"))
    .addFlag(json)
    .setAction(() => import("./actions/recipe-revoke.ts"))
    .build(),
  task(
    "train-base",
    "Train the base model on the pictures that our own code draws (hours)",
  )
    .addOption(text("steps", "Steps in all (default: as the built-in weights)"))
    .addOption(
      text(
        "out",
        "Weights file; its checkpoint lies beside it (default base.weights)",
      ),
    )
    .setAction(() => import("./actions/train-base.ts"))
    .build(),
  task("resume", "List interrupted runs and finish them")
    .addFlag({ name: "list", description: "Only list them" })
    .addOption(pin)
    .addOption(budget)
    .addOption(price)
    .addFlag(json)
    .setAction(() => import("./actions/resume.ts"))
    .build(),
  overrideTask(["test", "mocha"])
    .setAction(() => import("./actions/test-mocha.ts"))
    .build(),
];
