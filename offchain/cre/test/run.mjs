// Bundles the tests and runs them in Node: the SDK's files import as bun's do, and its test runtime asks for `bun:test`.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { spawnSync } from "node:child_process";

import { build } from "esbuild";

const here = import.meta.dirname;
const out = join(here, "../node_modules/.bundle");
const tests = ["config.test.ts", "runtime.test.mjs", "workflow.test.ts"];
await build({
  entryPoints: tests.map((name) => join(here, name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["typescript"],
  alias: { "bun:test": join(here, "bun-test.mjs") },
  logLevel: "warning",
});
const { status } = spawnSync(
  process.execPath,
  [
    "--test",
    "--test-reporter=spec",
    ...tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs"))),
  ],
  { stdio: "inherit" },
);
await rm(out, { recursive: true });
process.exitCode = status ?? 1;
