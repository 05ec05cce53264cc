/** Runs all golden vectors in this process: `node test/vectors/check.ts`; exit 1 and one line each where they differ. */
import { loadModel } from "../../offchain/generator/model/model.ts";

import { tunedModelFiles } from "../kit/tuned-recipe.ts";

import { generatorFiles, readGolden, readTunedGolden } from "./files.ts";
import { differences } from "./golden.ts";
import { tunedDifferences } from "./tuned.ts";

const golden = await readGolden();
const tuned = await readTunedGolden();
const lines = [
  ...differences(await loadModel(await generatorFiles()), golden),
  ...(await tunedDifferences(await tunedModelFiles(), tuned)),
];
for (const line of lines) console.error(line);
const count = golden.works.length + golden.fields.length + golden.journeys.length + tuned.works.length;
console.log(`node ${process.version} ${process.arch}: ${count - lines.length} of ${count} golden vectors agree`);
process.exitCode = lines.length === 0 ? 0 : 1;
