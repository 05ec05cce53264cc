import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { fromHex, toHex, type Hex } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";

/** Where the digests are kept; `LOOP_WRITE=1 npm run bench:builds` writes them anew. */
export const VECTOR = new URL("./bytecode.json", import.meta.url);

/** What is in it. */
export interface Bytecode {
  /** Long version of the compiler. */
  readonly compiler: string;
  /** SHA-256 of the code that deploys each contract, without its arguments. */
  readonly creation: Readonly<Record<string, Hex>>;
}

/** As much of an artifact as is compared. */
export interface Artifact {
  readonly bytecode: string;
}

const MODULES = new URL("../../ignition/modules/", import.meta.url);

/** The contracts that Ignition's modules deploy, but for stand-ins of development chains. */
export async function deployables(): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const file of globSync("*.ts", { cwd: fileURLToPath(MODULES) })) {
    if (file.startsWith("development-")) continue;
    const { default: module } = (await import(
      new URL(file, MODULES).href
    )) as { default: { futures: Iterable<{ contractName?: string }> } };
    for (const { contractName } of module.futures)
      if (contractName !== undefined) names.add(contractName);
  }
  return [...names].sort();
}

/** The digest of each deployable contract's creation code. */
export async function digestsOf(
  read: (name: string) => Promise<Artifact>,
): Promise<Record<string, Hex>> {
  const digests: Record<string, Hex> = {};
  for (const name of await deployables())
    digests[name] = toHex(sha256(fromHex((await read(name)).bytecode)));
  return digests;
}
