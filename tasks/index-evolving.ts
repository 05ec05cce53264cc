import { task } from "hardhat/config";

import { budget, dryRun, json, pin, price, text } from "./console/arguments.ts";

/** The verbs by which a collection evolves, and by which its odds are shown. */
export const evolvingTasks = [
  task(
    "observe-market",
    "Look at a market and bring what is seen to the collection's oracle, as a round",
  )
    .addOption(
      text(
        "source",
        "What is looked at, commas between them: coingecko, coinbase, fear-and-greed, opensea, sales, csv:FILE (default: a small synthetic sample; on public chains the first three)",
      ),
    )
    .addOption(text("market", "The same as csv:FILE: daily candles or sales"))
    .addOption(
      text(
        "adapter",
        "Who brings it: signed-reporters, account, data-feeds, cre or functions (default: whom the oracle hears; a development chain's is deployed)",
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
    .addOption(
      text(
        "every",
        "Seconds between two replayed rounds (0), or between two looks of --watch (3600)",
      ),
    )
    .addFlag({
      name: "watch",
      description:
        "Look again and again, and bring what is newer, until Ctrl-C",
    })
    .addOption(
      text(
        "reports",
        "Signed reports of others: files or folders, commas between them",
      ),
    )
    .addOption(
      text("out", "Folder for signed reports that others need (default out)"),
    )
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(() => import("./actions/observe-market.ts"))
    .build(),
  task(
    "rounds",
    "List the oracle's rounds, whom it hears and what it accepts, and draw them",
  )
    .addOption(text("out", "Folder for the chart (default out)"))
    .addFlag(json)
    .setAction(() => import("./actions/rounds.ts"))
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
    .addOption(budget)
    .addOption(price)
    .addOption(pin)
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
];
