import { task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

/** The verbs of the latent space. Only minted works ask a chain. */
export const exploringTasks = [
  task(
    "explore",
    "Steer works: grids, sliders, paths between works, works like a picture; what is chosen can be drawn again byte for byte",
  )
    .addOption(
      text(
        "work",
        "Token id, digest, SEED for its first works, SEED:INDEX, or a file of chosen works (default: works of a seed of its own)",
      ),
    )
    .addOption(
      text("recipe", "Recipe id or directory (default: the built-in one)"),
    )
    .addFlag({
      name: "grid",
      description: "A sheet around a work, along two dials",
    })
    .addFlag({
      name: "sliders",
      description: "A row for each direction of the style, or each of --dials",
    })
    .addOption(text("path", "The ways between works, commas between them"))
    .addOption(
      text("like", "Search the work that looks most like this picture"),
    )
    .addOption(
      text(
        "chosen",
        "Draw a file of chosen works again, and compare the bytes",
      ),
    )
    .addOption(text("dials", "Dials by name or words, commas between them"))
    .addOption(
      text("steer", "Turn dials first: zoom=200,hue=-450 (-1000 to 1000)"),
    )
    .addOption(text("traits", "Other words first: palette=fjord,frame=mat"))
    .addOption(
      text(
        "truncate",
        "Pull the style towards the mean, 0 to 1000: safer pictures",
      ),
    )
    .addOption(text("stops", "Pictures along a dial (default 5)"))
    .addOption(
      text("reach", "How far dials go, 1 to 1000 (default 1000; grids 700)"),
    )
    .addOption(
      text("frames", "Frames between two works, or of the whole animation"),
    )
    .addOption(
      text("count", "Works of a seed that are shown (24), or searched (240)"),
    )
    .addOption(
      text("pick", "Draw this picture of the sheet alone, counted from 1"),
    )
    .addOption(
      text(
        "size",
        "Side of each picture, 64 to 4096 (default 256; one alone: the recipe's)",
      ),
    )
    .addOption(text("format", "png, or apng for what moves (default png)"))
    .addOption(
      text("dossier", "A sealed dataset whose dossier notes the choice"),
    )
    .addOption(text("by", "Whose choice it is, for the dossier"))
    .addOption(text("out", "Folder for the results (default out/explore)"))
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addFlag(json)
    .setAction(() => import("./actions/explore.ts"))
    .build(),
];
