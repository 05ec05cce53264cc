import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type { Addresses } from "../offchain/loop/ports-deployment.ts";
import type { DaoAddresses } from "../offchain/loop/ports-governance.ts";

/** What Ignition wrote down of `ignition/modules/loop.ts`, and of the DAO that was founded on it. */
export interface AddressBook {
  readonly addresses: Partial<Addresses>;
  /** Who sent it; undefined if nothing was sent. */
  readonly deployer: Hex | undefined;
  /** Block of the first of the contracts; undefined if the journal does not say. */
  readonly fromBlock: number | undefined;
  /** The DAO's contracts; undefined while one of them is missing. */
  readonly dao: DaoAddresses | undefined;
  /** The contract that proves that its founding is over. */
  readonly proof: Hex | undefined;
}

const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .transform((text) => text.toLowerCase() as Hex);

const listed = z.object({
  "Loop#RecipeRegistry": address.optional(),
  "Loop#LoopCollection": address.optional(),
  "Loop#MarketOracle": address.optional(),
  "Dao#LoopGovernor": address.optional(),
  "Dao#LoopTimelock": address.optional(),
  "Dao#LoopVotes": address.optional(),
  "Dao#ParameterController": address.optional(),
  "Dao#RegistrarSeat": address.optional(),
  "Founding#FoundingProof": address.optional(),
});

/** The lines of the journal that are of use here; the others are Ignition's own affair. */
const line = z.union([
  z.object({
    type: z.literal("DEPLOYMENT_EXECUTION_STATE_INITIALIZE"),
    futureId: z.string(),
    from: address,
  }),
  z.object({
    type: z.literal("TRANSACTION_CONFIRM"),
    futureId: z.string(),
    receipt: z.object({ blockNumber: z.int().min(0) }),
  }),
  z.looseObject({ type: z.string() }).transform(() => undefined),
]);

/** Where Ignition keeps the deployment on a public chain. */
export function bookFolder(root: string, chainId: number): string {
  return join(root, "ignition/deployments", `chain-${chainId}`);
}

/**
 * Reads the address book of a public chain; an empty one where nothing was deployed from here.
 * @throws FatalError `deploy/bad-book`.
 */
export async function readAddressBook(folder: string): Promise<AddressBook> {
  const path = join(folder, "deployed_addresses.json");
  const addresses = parse(path, listed, await textOf(path, "{}"));
  const journal = join(folder, "journal.jsonl");
  const lines = (await textOf(journal, ""))
    .split("\n")
    .filter((text) => text.trim() !== "")
    .map((text) => parse(journal, line, text));
  const registry = lines.filter((each) => each?.futureId === REGISTRY);
  return {
    addresses: {
      ...known("RecipeRegistry", addresses[REGISTRY]),
      ...known("LoopCollection", addresses["Loop#LoopCollection"]),
      ...known("MarketOracle", addresses["Loop#MarketOracle"]),
    },
    deployer: registry.flatMap((each) =>
      each !== undefined && "from" in each ? [each.from] : [],
    )[0],
    fromBlock: registry.flatMap((each) =>
      each !== undefined && "receipt" in each ? [each.receipt.blockNumber] : [],
    )[0],
    dao: daoIn(addresses),
    proof: addresses["Founding#FoundingProof"],
  };
}

function daoIn(addresses: z.infer<typeof listed>): DaoAddresses | undefined {
  const governor = addresses["Dao#LoopGovernor"];
  const timelock = addresses["Dao#LoopTimelock"];
  const votes = addresses["Dao#LoopVotes"];
  const controller = addresses["Dao#ParameterController"];
  const registrarSeat = addresses["Dao#RegistrarSeat"];
  return governor && timelock && votes && controller && registrarSeat
    ? { governor, timelock, votes, controller, registrarSeat }
    : undefined;
}

/**
 * A book in which every contract is.
 * @throws FatalError `chain/not-deployed`.
 */
export function requireAll(
  { addresses, deployer }: AddressBook,
  network: string,
): { readonly addresses: Addresses; readonly deployer: Hex } {
  const { RecipeRegistry, LoopCollection, MarketOracle } = addresses;
  if (
    RecipeRegistry !== undefined &&
    LoopCollection !== undefined &&
    MarketOracle !== undefined &&
    deployer !== undefined
  ) {
    const all = { RecipeRegistry, LoopCollection, MarketOracle };
    return { addresses: all, deployer };
  }
  throw notDeployed(network);
}

/** The contracts are not there, and what to do about it. */
export function notDeployed(network: string): FatalError {
  return new FatalError(
    "chain/not-deployed",
    `The contracts are not deployed on \`${network}\`; see what it would cost with npx hardhat plan-deployment --network ${network}, which also says how to deploy.`,
  );
}

/** It is deployed before the others: no event of any is in an earlier block. */
const REGISTRY = "Loop#RecipeRegistry";

function known(name: keyof Addresses, at: Hex | undefined): Partial<Addresses> {
  return at === undefined ? {} : { [name]: at };
}

async function textOf(path: string, missing: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return missing;
    throw broken(path, cause);
  });
}

function parse<T>(path: string, schema: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(path, cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw broken(path, parsed.error);
}

function broken(path: string, cause: unknown): FatalError {
  return new FatalError(
    "deploy/bad-book",
    `\`${path}\` cannot be read as Ignition writes it; get it back from the repository.`,
    { cause },
  );
}
