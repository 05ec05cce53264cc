import { readFile } from "node:fs/promises";

import JSON5 from "json5";
import { z } from "zod";

import LoopModule from "../ignition/modules/loop.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import {
  CONTRACTS,
  type Addresses,
  type ContractName,
  type DeploymentTerms,
} from "../offchain/loop/ports-deployment.ts";

const NOBODY = `0x${"00".repeat(20)}`;

/** What `ignition/modules/loop.ts` gives each constructor, with these parameters. */
export interface LoopTerms {
  readonly terms: DeploymentTerms;
  readonly argumentsOf: (
    name: ContractName,
    at: Partial<Addresses>,
  ) => readonly unknown[];
}

const count = z
  .union([z.number(), z.bigint()])
  .transform(Number)
  .refine(Number.isSafeInteger, "is no whole number");
const text = z.string();

const jobsSchema = z.object({
  admin: text,
  adminDelay: count,
  operator: text,
  registrar: text,
  guardian: text,
  parameterAuthority: text,
  publisher: text,
  voucherSigner: text,
});

const collectionSchema = z.object({
  name: text,
  symbol: text,
  contractURI: text,
  maxSupply: count,
  seedDelay: count,
  sealWindow: count,
  worksPerDay: count,
  owner: text,
  royaltyReceiver: text,
  royaltyBps: count,
});

const boundsSchema = z.object({
  leastInterval: count,
  staleAfter: count,
  maxAge: count,
  maxChange: count,
  maxVolatility: count,
  maxTrend: count,
  maxFloorFactor: count,
});

/**
 * Resolves the module with a parameter file, as Ignition would.
 * @param deployer who is the operator where none is named; undefined if there is no key.
 * @throws FatalError `deploy/no-parameters`, `deploy/bad-parameters`, `deploy/unknown-parameter`, `deploy/missing-parameter`.
 */
export async function readLoopTerms(
  file: string,
  deployer: string | undefined,
): Promise<LoopTerms> {
  return loopTerms(await readParameters(file), { file, deployer });
}

/** The same with parameters that are known already. */
export function loopTerms(
  parameters: Readonly<Record<string, unknown>>,
  {
    file,
    deployer,
  }: { readonly file: string; readonly deployer: string | undefined },
): LoopTerms {
  const argumentsOf = (
    name: ContractName,
    at: Partial<Addresses>,
  ): readonly unknown[] => {
    for (const future of LoopModule.futures)
      if ("constructorArgs" in future && future.contractName === name)
        return resolve(future.constructorArgs, at) as readonly unknown[];
    throw new TypeError(`the module has no ${name}`);
  };
  const asked = new Set<string>();
  const resolve = (value: unknown, at: Partial<Addresses>): unknown => {
    if (Array.isArray(value)) return value.map((each) => resolve(each, at));
    if (typeof value !== "object" || value === null) return value;
    const found = runtime.safeParse(value);
    if (!found.success)
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, resolve(each, at)]),
      );
    const { data } = found;
    if ("contractName" in data) return at[data.contractName] ?? NOBODY;
    if ("accountIndex" in data) return deployer ?? missing("operator", file);
    asked.add(data.name);
    const given = parameters[data.name];
    return given ?? resolve(data.defaultValue, at) ?? missing(data.name, file);
  };

  const all = CONTRACTS.map((name) => argumentsOf(name, {}));
  const unknown = Object.keys(parameters).find((name) => !asked.has(name));
  if (unknown !== undefined)
    throw new FatalError(
      "deploy/unknown-parameter",
      `\`Loop.${unknown}\` in ${file} is no parameter of ignition/modules/loop.ts, so it would do nothing; correct its name (ignition/README.md lists them).`,
    );
  const [registry = [], collection = [], oracle = []] = all;
  const { admin, adminDelay, ...others } = read(jobsSchema, registry[0], file);
  const [, , oracleAdapter, bounds, firstRound] = oracle;
  const terms: DeploymentTerms = {
    ...read(collectionSchema, collection[0], file),
    jobs: { admin, ...others },
    adminDelay,
    oracleAdapter: read(text, oracleAdapter, file),
    bounds: read(boundsSchema, bounds, file),
    firstRound: read(count, firstRound, file),
  };
  return { terms, argumentsOf };
}

/** What Ignition resolves when it deploys. */
const runtime = z.union([
  z.object({ type: z.literal("ACCOUNT"), accountIndex: z.literal(0) }),
  z.object({
    type: z.literal("MODULE_PARAMETER"),
    name: z.string(),
    defaultValue: z.unknown(),
  }),
  z.object({
    type: z.literal("NAMED_ARTIFACT_CONTRACT_DEPLOYMENT"),
    contractName: z.enum(CONTRACTS),
  }),
]);

function missing(name: string, file: string): never {
  throw new FatalError(
    "deploy/missing-parameter",
    `\`Loop.${name}\` is not in ${file} and has no default; add it.`,
  );
}

function read<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FatalError(
    "deploy/bad-parameters",
    `\`Loop.${issue?.path.join(".") ?? ""}\` in ${file} is of the wrong kind (${issue?.message ?? ""}); correct it.`,
    { cause: parsed.error },
  );
}

async function readParameters(
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  const content = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new FatalError(
      "deploy/no-parameters",
      `\`${file}\` cannot be read; write the parameters of this network there, ignition/parameters/sepolia.json5 shows how.`,
      { cause },
    );
  });
  const sections = z.object({
    Loop: z.record(z.string(), z.unknown()).default({}),
  });
  try {
    // Ignition takes whole numbers of any size as text that ends in n.
    const value: unknown = JSON5.parse(content, (_, each: unknown) =>
      typeof each === "string" && /^\d+n$/.test(each)
        ? BigInt(each.slice(0, -1))
        : each,
    );
    return sections.parse(value).Loop;
  } catch (cause) {
    throw new FatalError(
      "deploy/bad-parameters",
      `\`${file}\` is no JSON5 with a section \`Loop\`; correct it.`,
      { cause },
    );
  }
}
