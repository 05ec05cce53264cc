import { exploringTasks } from "./index-exploring.ts";
import { sealing } from "./index-datasets.ts";
import { registryTasks } from "./index-registry.ts";
import { tuningTasks } from "./index-tuning.ts";

/** The verbs of datasets and of the models made from them. */
export const modelTasks = [
  ...sealing,
  ...registryTasks,
  ...tuningTasks,
  ...exploringTasks,
];
