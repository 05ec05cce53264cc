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
];
