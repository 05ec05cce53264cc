/** Runs every `stride`-th golden vector in a worker thread and posts the differences. */
import { parentPort, workerData } from "node:worker_threads";

import { loadModel } from "../../offchain/generator/model/model.ts";

import { generatorFiles, readGolden } from "./files.ts";
import { differences } from "./golden.ts";

const { first, stride } = workerData as { first: number; stride: number };
const model = await loadModel(await generatorFiles());
parentPort?.postMessage(differences(model, await readGolden(), first, stride));
