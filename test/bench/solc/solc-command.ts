import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Writes a `solc` into a folder that any program can start: this very Node with `solc.ts`. Returns its path. */
export async function writeSolcCommand(folder: string): Promise<string> {
  const path = join(folder, "solc");
  const script = fileURLToPath(new URL("solc.ts", import.meta.url));
  await writeFile(
    path,
    `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`,
  );
  await chmod(path, 0o755);
  return path;
}
