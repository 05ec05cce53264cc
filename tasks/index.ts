import { emptyTask, overrideTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

/** An option whose value we parse ourselves, so that bad input gets our one sentence; undefined when left out. */
const text = <const Name extends string>(name: Name, description: string) => ({
  name,
  description,
  type: ArgumentType.STRING_WITHOUT_DEFAULT as const,
  defaultValue: undefined,
});

const json = {
  name: "json",
  description: "Print one JSON document and nothing else",
} as const;

const dryRun = {
  name: "dryRun",
  description: "Check everything and say what would happen; send nothing",
} as const;

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
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/burn.ts"))
    .build(),
  task(
    "observe-market",
    "Look at a market and bring what is seen to the collection's oracle, as a round",
  )
    .addOption(
      text(
        "market",
        "CSV of daily candles or of sales (default: a small synthetic sample)",
      ),
    )
    .addOption(text("at", "Look no further than this, unix seconds"))
    .addOption(
      text("date", "Look no further than the end of this day, YYYY-MM-DD"),
    )
    .addOption(
      text(
        "replay",
        "On a development chain: bring so many moments of the file as rounds, one after the other",
      ),
    )
    .addOption(text("step", "Days from one replayed moment to the next (1)"))
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/observe-market.ts"))
    .build(),
  task(
    "evolve",
    "Make an epoch of the newest round: paint what changed, pack it, publish it for the whole collection, prove it",
  )
    .addOption(
      text(
        "round",
        "Number of the round (default: the newest, waiting for one that is newer than every epoch's)",
      ),
    )
    .addFlag({
      name: "watch",
      description: "Go on with every newer round, until Ctrl-C",
    })
    .addOption(
      text(
        "chart",
        "Token ids that the chart shows, commas between them (default: four of all)",
      ),
    )
    .addOption(
      text("recipe", "Recipe directory, where no archive or register has it"),
    )
    .addOption(text("out", "Folder for the results (default out)"))
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/evolve.ts"))
    .build(),
  task("epochs", "List how the collection has evolved, and what waits")
    .addFlag(json)
    .setAction(() => import("./actions/epochs.ts"))
    .build(),
  task(
    "void-epoch",
    "Take an epoch back for ever; works show the newest sound one",
  )
    .addOption(text("epoch", "Number of the epoch"))
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/void-epoch.ts"))
    .build(),
  task("attune", "Turn a dial of a work of yours; it steers its next epochs")
    .addOption(text("token", "Token id"))
    .addOption(text("dial", "temper, warmth, distance or response"))
    .addFlag({ name: "up", description: "Turn it up" })
    .addFlag({ name: "down", description: "Turn it down" })
    .addOption(text("times", "How often, 1 to 16 (default 1)"))
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/attune.ts"))
    .build(),
  task("pin", "Keep a work of yours at one epoch, whatever comes after")
    .addOption(text("token", "Token id"))
    .addOption(text("epoch", "Number of the epoch, or genesis"))
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/pin.ts"))
    .build(),
  task("unpin", "Let a work of yours follow the newest epoch again")
    .addOption(text("token", "Token id"))
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/unpin.ts"))
    .build(),
  task(
    "odds",
    "Show the odds that hold now, or held for a batch, and prove that it obeyed them",
  )
    .addOption(text("batch", "Batch whose odds are shown and proven"))
    .addOption(
      text(
        "market",
        "CSV that the odds follow (default: the newest round, else a small synthetic sample)",
      ),
    )
    .addOption(
      text(
        "recipe",
        "Recipe id or directory (default: the batch's, else the built-in one)",
      ),
    )
    .addOption(
      text(
        "car",
        "CAR of the batch (default: the local store's, if it has it)",
      ),
    )
    .addOption(text("workers", "Threads (default: one for each core)"))
    .addFlag(json)
    .setAction(() => import("./actions/odds.ts"))
    .build(),
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
    "Move one parameter of the collection: royalty, limits, validator, forge, pause, oracle",
  )
    .addOption(
      text(
        "set",
        "NAME=VALUE: royalty=RECEIVER:BPS, royalty-offer=RECEIVER:BPS, royalty-withdraw=RECEIVER:BPS, works-per-day=N, validator=ADDRESS|none, forge=K|closed, paused=yes|no, oracle=ADDRESS",
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
    .addFlag(json)
    .setAction(() => import("./actions/resume.ts"))
    .build(),
  overrideTask(["test", "mocha"])
    .setAction(() => import("./actions/test-mocha.ts"))
    .build(),
];
