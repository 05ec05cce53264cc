import { emptyTask, task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

const dataset = text("dataset", "A sealed dataset (default out/dataset)");
const root = text("root", "Merkle root of a dataset, instead of its folder");

/** The verbs by which a chain knows datasets. */
export const registryTasks = [
  emptyTask("dataset", "The datasets that recipes were made from").build(),
  task(
    ["dataset", "register"],
    "Register a dataset; no recipe of it can be registered before",
  )
    .addOption(dataset)
    .addOption(root)
    .addFlag(json)
    .setAction(() => import("./actions/dataset-register.ts"))
    .build(),
  task(
    ["dataset", "revoke"],
    "Revoke a dataset for ever, and with it every recipe of it: nothing more is opened or sealed under them",
  )
    .addOption(root)
    .addFlag(json)
    .setAction(() => import("./actions/dataset-revoke.ts"))
    .build(),
  task(["dataset", "list"], "List the registered datasets and their recipes")
    .addFlag(json)
    .setAction(() => import("./actions/dataset-list.ts"))
    .build(),
  task(
    ["dataset", "prove"],
    "Prove that one picture is in a registered dataset, here and by the contract on chain",
  )
    .addOption(dataset)
    .addOption(
      text("image", "Name of the picture, or the very file that was sealed"),
    )
    .addFlag(json)
    .setAction(() => import("./actions/dataset-prove.ts"))
    .build(),
];
