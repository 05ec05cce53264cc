import { task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

const parameters = text(
  "parameters",
  "Parameter file (default: ignition/parameters/<network>.json5)",
);

/** The verbs before and after `ignition deploy`. */
export const deploymentTasks = [
  task(
    "plan-deployment",
    "Say what a deployment on this network would do and cost, or why it is refused; send nothing",
  )
    .addOption(parameters)
    .addFlag(json)
    .setAction(() => import("./actions/plan-deployment.ts"))
    .build(),
  task(
    "check-deployment",
    "Compare the contracts on this network with this build and the parameters: code, immutables, settings, who may do what",
  )
    .addOption(parameters)
    .addFlag(json)
    .setAction(() => import("./actions/check-deployment.ts"))
    .build(),
];
