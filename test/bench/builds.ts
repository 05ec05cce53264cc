/**
 * Builds the product's contracts twice, each time from nothing, in two folders of different names and depths and with either build
 * profile, and compares everything that the compiler made, also with test/vectors/bytecode.json. Exits 1 if anything differs.
 *
 *   node test/bench/builds.ts
 *   LOOP_WRITE=1 node test/bench/builds.ts            also writes test/vectors/bytecode.json
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { digestsOf, type Artifact, VECTOR } from "../vectors/bytecode.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NEEDED = [
  "contracts",
  "ignition",
  "tasks",
  "hardhat.config.ts",
  "package.json",
];

/** Artifacts by name, and the compiler that made them. */
interface Made {
  readonly artifacts: ReadonlyMap<string, string>;
  readonly compiler: string;
}

/** Compiles a copy of the sources in that folder. */
function build(folder: string, profile: string): Made {
  mkdirSync(folder, { recursive: true });
  for (const name of NEEDED)
    cpSync(join(ROOT, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes("deployments"),
    });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const hardhat = join(ROOT, "node_modules/hardhat/dist/src/cli.js");
  const args = [hardhat, "build", "--quiet", "--build-profile", profile];
  execFileSync(process.execPath, args, { cwd: folder, stdio: "ignore" });
  const artifacts = new Map<string, string>();
  const cwd = join(folder, "artifacts");
  for (const path of globSync("contracts/**/*.json", { cwd }).sort())
    // The id of a build names the path of the compiler, too.
    artifacts.set(
      path,
      readFileSync(join(cwd, path), "utf8").replace(
        /"buildInfoId": ".*"/,
        '"buildInfoId": ""',
      ),
    );
  const [info = ""] = globSync("build-info/*.json", { cwd }).filter(
    (path) => !path.endsWith("output.json"),
  );
  const { solcLongVersion } = JSON.parse(
    readFileSync(join(cwd, info), "utf8"),
  ) as { solcLongVersion: string };
  return { artifacts, compiler: solcLongVersion };
}

const temporary = mkdtempSync(join(tmpdir(), "loop-builds-"));
try {
  const first = build(join(temporary, "one"), "default");
  const second = build(join(temporary, "another/place/two"), "production");
  const names = [
    ...new Set([...first.artifacts.keys(), ...second.artifacts.keys()]),
  ];
  const differing = names.filter(
    (name) => first.artifacts.get(name) !== second.artifacts.get(name),
  );
  console.log(`compiler: solc ${first.compiler}`);
  console.log(
    `artifacts compared: ${names.length}, differing: ${differing.length}`,
  );
  for (const name of differing) console.log(`  ${name}`);

  const byName = new Map(
    [...first.artifacts.values()].map((text) => {
      const artifact = JSON.parse(text) as Artifact & { contractName: string };
      return [artifact.contractName, artifact];
    }),
  );
  const digests = await digestsOf(async (name) => {
    const artifact = byName.get(name);
    if (artifact === undefined) throw new Error(`no ${name} was built`);
    return artifact;
  });
  const text = `${JSON.stringify({ compiler: first.compiler, creation: digests }, null, 2)}\n`;
  if (process.env["LOOP_WRITE"] !== undefined) {
    writeFileSync(VECTOR, text);
    console.log("Wrote test/vectors/bytecode.json.");
  }
  const same = readFileSync(VECTOR, "utf8") === text;
  console.log(
    `creation code of ${Object.keys(digests).length} contracts is ${same ? "" : "NOT "}what test/vectors/bytecode.json says`,
  );
  if (differing.length > 0 || names.length === 0 || !same) process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true });
}
