import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const folder = join(root, "offchain/don");

/** Makes the one source that nodes run out of `script.ts` and all that it imports, with the pinned bundler: the same source gives the same bytes. */
export async function buildScript(): Promise<string> {
  const { outputFiles, warnings } = await build({
    absWorkingDir: root,
    entryPoints: ["offchain/don/script.ts"],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    globalName: "don",
    // Nodes put the source into the body of an async function.
    footer: { js: "return don.observeMarket(Functions,args)" },
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  const [warning] = warnings;
  // A name that is imported and not there is only a warning to the bundler, and a crash on the nodes.
  if (warning !== undefined)
    throw new Error(`The script does not bundle: ${warning.text}`);
  return outputFiles.map(({ text }) => text).join("");
}

if (import.meta.main) {
  const script = await buildScript();
  const digest = createHash("sha256").update(script).digest("hex");
  await writeFile(join(folder, "script.bundle.js"), script);
  await writeFile(
    join(folder, "script.bundle.js.sha256"),
    `${digest}  script.bundle.js\n`,
  );
  process.stdout.write(
    `script.bundle.js ${Buffer.byteLength(script)} bytes, sha256 ${digest}\n`,
  );
}
