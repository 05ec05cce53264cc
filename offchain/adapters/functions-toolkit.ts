import { createRequire } from "node:module";
import { delimiter, dirname } from "node:path";

import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import { hexData } from "./rpc.ts";

const PACKAGE = "@chainlink/functions-toolkit/dist";

const bytecode = z
  .string()
  .transform((text) => (text.startsWith("0x") ? text : `0x${text}`))
  .pipe(hexData);

const contract = z.object({
  abi: z.array(z.looseObject({ type: z.string() })),
  bytecode,
});

const contractsSchema = z.object({
  FunctionsRouterSource: contract,
  FunctionsCoordinatorSource: contract,
  TermsOfServiceAllowListSource: contract,
  LinkTokenSource: contract,
  MockV3AggregatorSource: contract,
});

const settings = z.record(z.string(), z.unknown());

const configSchema = z.object({
  simulatedDonId: z.string().min(1).max(31),
  simulatedAllowListId: z.string().min(1).max(31),
  simulatedRouterConfig: settings,
  simulatedCoordinatorConfig: settings,
  simulatedAllowListConfig: settings,
  simulatedLinkEthPrice: z.bigint(),
  simulatedLinkUsdPrice: z.bigint(),
  numberOfSimulatedNodeExecutions: z.number().int(),
  simulatedSecretsKeys: z.object({
    donKey: z.object({ publicKey: hexData }),
    thresholdKeys: z.object({ publicKey: z.string() }),
  }),
});

const simulatorSchema = z.object({
  simulateScript: z.custom<(input: unknown) => Promise<unknown>>(
    (value) => typeof value === "function",
  ),
});

const answerSchema = z.object({
  responseBytesHexstring: hexData.optional(),
  errorString: z.string().optional(),
  capturedTerminalOutput: z.string().optional(),
});

/** One of the toolkit's compiled contracts. */
export type ToolkitContract = z.infer<typeof contract>;

/** What is used of Chainlink's toolkit. */
export interface Toolkit {
  readonly contracts: z.infer<typeof contractsSchema>;
  readonly config: z.infer<typeof configSchema>;
  /** Runs a script in Deno as a node does; one at a time, since runs of the same millisecond share a file. */
  simulate(
    source: string,
    args: readonly string[],
  ): Promise<z.infer<typeof answerSchema>>;
}

/**
 * Loads the toolkit, which is a development dependency and comes to 100 MB with Deno: only who plays a DON needs it.
 * Its deep files are taken, because its index loads native code that `ignore-scripts` does not build.
 * @throws FatalError `functions/no-toolkit`.
 */
export async function loadToolkit(): Promise<Toolkit> {
  const load = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
    try {
      return schema.parse(await import(`${PACKAGE}/${file}`));
    } catch (cause) {
      throw new FatalError(
        "functions/no-toolkit",
        `\`${PACKAGE}/${file}\` cannot be used; run npm ci with the development dependencies.`,
        { cause },
      );
    }
  };
  const contracts = await load("v1_contract_sources/index.js", contractsSchema);
  const config = await load("simulationConfig.js", configSchema);
  const { simulateScript } = await load(
    "simulateScript/index.js",
    simulatorSchema,
  );
  return {
    contracts,
    config,
    async simulate(source, args) {
      // The toolkit puts the script into its sandbox with String.replace, which gives `$` a meaning.
      const escaped = source.replaceAll("$", "$$$$");
      return withDeno(async () =>
        answerSchema.parse(
          await simulateScript({ source: escaped, args: [...args] }),
        ),
      );
    },
  };
}

/**
 * The toolkit starts `deno` by its name with this process's environment, so the folder of the package's binary (not its wrapper,
 * which a kill would leave its child behind) stands in front of `PATH` while it runs.
 */
async function withDeno<T>(work: () => Promise<T>): Promise<T> {
  const { runInstall } = z
    .object({ runInstall: z.custom<() => string>() })
    .parse(createRequire(import.meta.url)("deno/install_api.cjs"));
  const before = process.env["PATH"];
  process.env["PATH"] =
    dirname(z.string().parse(runInstall())) + delimiter + (before ?? "");
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env["PATH"];
    else process.env["PATH"] = before;
  }
}
