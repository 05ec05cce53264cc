// A process with two steps, for the journal's kill tests: it says `effect` on stderr whenever one really happens.
import { writeSync } from "node:fs";

import { pointFromEnvironment } from "../../../offchain/adapters/fault-point.ts";
import { openJournal } from "../../../offchain/adapters/journal-sqlite.ts";

const path = process.argv[2];
// Mocha imports every file below test/: only when it is run by itself does it do anything.
if (process.argv[1] === import.meta.filename && path !== undefined) {
  const journal = openJournal(path, {
    point: pointFromEnvironment(process.env),
  });
  const run = await journal.run({
    instance: "0x01",
    kind: "mint-batch",
    input: 1,
  });
  const effect = async (result: string): Promise<string> => {
    writeSync(2, "effect\n");
    return result;
  };
  const first = await run.step("first", {}, () => effect("a"));
  const second = await run.step("second", { first }, () => effect("b"));
  process.stdout.write(JSON.stringify({ first, second }));
  await run.finish();
  await journal.close();
}
