// A process that writes one file, for the kill tests of the file adapter.
import { pointFromEnvironment } from "../../../offchain/adapters/fault-point.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";

const path = process.argv[2];
// Mocha imports every file below test/: only when it is run by itself does it do anything.
if (process.argv[1] === import.meta.filename && path !== undefined)
  await createFiles({ point: pointFromEnvironment(process.env) }).write(
    path,
    "new",
  );
