/** Runs all golden vectors in this process: `node test/vectors/check.ts`; exit 1 and one line each where they differ. */
import { loadModel } from "../../offchain/generator/model/model.ts";

import { generatorFiles, readGolden } from "./files.ts";
import { differences } from "./golden.ts";

const golden = await readGolden();
const lines = differences(await loadModel(await generatorFiles()), golden);
for (const line of lines) console.error(line);
const count = golden.works.length + golden.fields.length + golden.journeys.length;
console.log(`node ${process.version} ${process.arch}: ${count - lines.length} of ${count} golden vectors agree`);
process.exitCode = lines.length === 0 ? 0 : 1;
