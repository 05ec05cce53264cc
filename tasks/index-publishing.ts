import { task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

/** The verbs by which what is published stays retrievable. */
export const publishingTasks = [
  task(
    "gateway",
    "Serve the archives of this machine over HTTP, as a trustless gateway and as plain files, until Ctrl-C",
  )
    .addOption(text("port", "Port to listen at (default 8080; 0 for any)"))
    .addOption(
      text("host", "Address to listen at (default 127.0.0.1: nobody else)"),
    )
    .addFlag(json)
    .setAction(() => import("./actions/gateway.ts"))
    .build(),
  task(
    "doctor",
    "Look whether chain, store and every place agree, block by block, and mend what is not whole",
  )
    .addFlag({
      name: "repair",
      description:
        "Put back what is not whole: from a place that has it, or made again from the chain",
    })
    .addOption(
      text(
        "pin",
        "Places to look at, commas between them (default: the network's)",
      ),
    )
    .addOption(
      text(
        "tokens",
        "Works whose addresses are followed, commas between them (default: all)",
      ),
    )
    .addOption(
      text(
        "gateway",
        "Gateways of others to fetch works from, commas between them: https://ipfs.io",
      ),
    )
    .addOption(
      text("recipe", "Recipe directory, where no archive or register has it"),
    )
    .addOption(text("workers", "Render threads (default: one for each core)"))
    .addFlag(json)
    .setAction(() => import("./actions/doctor.ts"))
    .build(),
];
