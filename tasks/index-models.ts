import { sealing } from "./index-datasets.ts";

/** The verbs of datasets and of the models made from them. */
export const modelTasks = [...sealing];
