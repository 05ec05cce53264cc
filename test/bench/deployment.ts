/**
 * Plants mistakes in deployments, one at a time, and prints what check-deployment says of each. Exits 1 if one is not found, if
 * anything else is found beside it, or if a clean deployment does not pass.
 *
 *   node test/bench/deployment.ts
 */
import hre from "hardhat";

import { table } from "../../tasks/console/table.ts";
import { kindsFound, MISTAKES } from "../kit/planted-mistakes.ts";
import { openSite, type Site } from "../kit/planted-site.ts";

await hre.tasks.getTask("build").run({ quiet: true, noTests: true });

async function on<T>(work: (site: Site) => Promise<T>): Promise<T> {
  const site = await openSite();
  try {
    return await work(site);
  } finally {
    await site.close();
  }
}

const clean = await on(async (site) => site.check(await site.deploy()));
const rows: string[][] = [];
let found = 0;
for (const { name, kinds, plant } of MISTAKES) {
  const said = await on(async (site) => kindsFound(site, await plant(site)));
  const exact = said.join() === kinds.join();
  if (exact) found++;
  rows.push([name, exact ? "found" : "WRONG", said.join(", ") || "nothing"]);
}

const lines = table(["planted", "", "deploy/finding/..."], rows);
console.log(`\n${lines.join("\n")}`);
const { length: wrong } = clean.findings;
console.log(
  `\nclean deployment: ${clean.looked.length} things compared, ${wrong} findings`,
);
console.log(
  `planted mistakes found, and nothing else: ${found} of ${MISTAKES.length}`,
);
if (wrong > 0 || found < MISTAKES.length) process.exitCode = 1;
