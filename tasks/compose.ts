import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { nativeSha256 } from "../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../offchain/adapters/car-archives.ts";
import {
  createChain,
  type ChainOptions,
} from "../offchain/adapters/chain-ethers.ts";
import { drawChart } from "../offchain/adapters/chart-png.ts";
import { createEnginePool } from "../offchain/adapters/engine-pool.ts";
import { pointFromEnvironment } from "../offchain/adapters/fault-point.ts";
import { readChainIdentity } from "../offchain/adapters/chain-instance.ts";
import { birthBlock } from "../offchain/adapters/chain-birth.ts";
import { createRpc } from "../offchain/adapters/rpc.ts";
import { createFiles } from "../offchain/adapters/files-fs.ts";
import { openJournal } from "../offchain/adapters/journal-sqlite.ts";
import { readRecipeFiles } from "../offchain/adapters/recipe-files.ts";
import { readReportFiles } from "../offchain/adapters/report-files.ts";
import { openStateIndex } from "../offchain/adapters/states-sqlite.ts";
import { createTargets } from "../offchain/adapters/targets-rpc.ts";
import { resolveWallets } from "../offchain/adapters/wallet-ethers.ts";
import { toHex, type Hex } from "../offchain/kernel/bytes.ts";
import { FatalError, isLoopError } from "../offchain/kernel/errors.ts";
import type { Hasher } from "../offchain/publishing/cid.ts";
import type { DeadSource, Reading } from "../offchain/market/reading.ts";
import type { Artefacts } from "../offchain/loop/artefacts.ts";
import type { AdapterKind, Chain } from "../offchain/loop/chain.ts";
import type { Courier } from "../offchain/loop/courier.ts";
import type { FiledReport } from "../offchain/loop/gather-reports.ts";
import type { Journal } from "../offchain/loop/journal.ts";
import type { Archives } from "../offchain/loop/ports-archive.ts";
import type { PinTarget } from "../offchain/loop/ports-pins.ts";
import type { DrawChart } from "../offchain/loop/ports-chart.ts";
import type { Governance } from "../offchain/loop/ports-governance.ts";
import type { Targets } from "../offchain/loop/ports-governance-codec.ts";
import type { EnginePool } from "../offchain/loop/ports-pool.ts";
import type { StateIndex } from "../offchain/loop/ports-states.ts";
import type { Clock } from "../offchain/loop/ports-progress.ts";
import type { Reporters } from "../offchain/loop/reporters.ts";
import {
  loadRecipe,
  requireDataset,
  type Recipe,
} from "../offchain/loop/recipe.ts";
import type { NamedAdapter } from "./adapters.ts";
import { receiptsOf, type ReceiptWiring } from "./compose/receipts.ts";
import { createSpending, type Spending } from "./compose/spending.ts";
import type { CourierOptions } from "./compose/couriers.ts";
import type { Asking } from "./compose/sources.ts";
import type { FoundingOptions } from "./dao.ts";
import { deployment, type Connection } from "./deployment.ts";
import { connectKeyless, NOBODY } from "./compose/keyless.ts";
import { networkSettings, type NetworkSettings } from "./network-settings.ts";

/** Between two looks at a public chain, ms: blocks come there in seconds, and nodes count requests. */
const PUBLIC_PAUSE = 500;

/** The adapters of one command, wired: this is the only file that knows them. */
export interface Deps {
  readonly network: string;
  /** What is decided for this network beside its contracts. */
  readonly settings: NetworkSettings;
  /** True where the chain lives in this process and ends with it. */
  readonly ephemeral: boolean;
  readonly chain: Chain;
  /** The oracle that was deployed with the collection, named by it or not. */
  readonly oracle: Hex | undefined;
  readonly journal: Journal;
  readonly artefacts: Artefacts;
  readonly archives: Archives;
  /** What states became when they were painted; opened when it is first asked for. */
  readonly states: () => StateIndex;
  readonly clock: Clock;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly hash: Hasher;
  readonly drawChart: DrawChart;
  /** An engine of this recipe on so many threads; closed with everything else. */
  readonly pool: (recipe: Recipe, workers: number) => EnginePool;
  /** Brings rounds through an adapter. */
  readonly courier: (
    adapter: NamedAdapter,
    options?: CourierOptions,
  ) => Promise<Courier>;
  /** Asks sources of a market; one that is dead is among the answers. */
  readonly ask: (asking: Asking) => Promise<readonly (Reading | DeadSource)[]>;
  /** The reporters whose contract is at an address. */
  readonly reporters: (address: Hex) => Promise<Reporters>;
  /** Reports of others, from files and folders. */
  readonly reportFiles: (
    paths: readonly string[],
  ) => Promise<readonly FiledReport[]>;
  /** What transactions cost, and the guard over them. */
  readonly spending: Spending;
  /** A development chain's adapter of this kind, deployed on first use. */
  readonly deployAdapter: (kind: AdapterKind) => Promise<Hex>;
  /** The DAO, founded on first use on a development chain. @throws FatalError `dao/none`. */
  readonly governance: (how: FoundingOptions) => Promise<Governance>;
  /** The registry with the book of the jobs. */
  readonly registry: Hex;
  /** What is at addresses that proposals call. */
  readonly targets: Targets;
  /** What the signed receipt of a run is made with; it counts from now on. */
  readonly receipts: () => ReceiptWiring;
  /** The places that must hold every archive: the network's (a development chain has none), or those of a command. */
  readonly pins: (
    override?: readonly string[],
  ) => Promise<readonly PinTarget[]>;
  readonly close: () => Promise<void>;
}

/**
 * Connects to the chosen network, deploys if it is a local chain without the contracts, and wires the adapters.
 * @param keys false for what only reads: then no key is asked for, and whoever has none can do it too.
 */
export async function compose(
  hre: HardhatRuntimeEnvironment,
  { deploy = true, keys = true } = {},
): Promise<Deps> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const connection: Connection = keys
    ? await hre.network.create()
    : await connectKeyless(hre);
  const point = pointFromEnvironment(process.env);
  const pools: EnginePool[] = [];
  let states: StateIndex | undefined;
  try {
    const provider = connection.ethers.provider;
    const { networkConfig, networkName } = connection;
    const ephemeral = networkConfig.type === "edr-simulated";
    const settings = await networkSettings(hre.config.paths.root, networkName);
    const state = join(hre.config.paths.root, ".loop");
    const rpc = createRpc(provider);
    const identity = await readChainIdentity(rpc);
    const { development } = identity;
    const { collection, registry, oracle, fromBlock, deploymentId } =
      await deployment(connection, identity, {
        root: hre.config.paths.root,
        deploy,
        birthBlock: (address) => birthBlock(rpc, address),
      });
    const store = join(state, "cars");
    const journal = openJournal(
      ephemeral ? ":memory:" : join(state, "journal.sqlite"),
      { point },
    );
    const node = hre.config.networks["node"]?.accounts;
    const wallets = keys
      ? await resolveWallets({
          provider,
          accounts: networkConfig.accounts,
          ...(node === undefined ? {} : { development: node }),
        })
      : NOBODY;
    const spending = createSpending(hre, provider);
    const options: ChainOptions = {
      mayCost: spending.mayCost,
      provider,
      ...(keys ? { wallets } : {}),
      journal,
      collectionAddress: collection,
      registryAddress: registry,
      fromBlock,
      point,
      settle: settings.settle,
      ...(development ? {} : { pause: PUBLIC_PAUSE }),
      note: (sentence) => void process.stderr.write(`${sentence}\n`),
      chance: () => toHex(randomBytes(32)),
    };
    const chain = createChain(options);
    const wiring = { chain, options, wallets };
    const deps: Deps = {
      network: networkName,
      settings,
      ephemeral,
      chain,
      oracle,
      journal,
      artefacts: createFiles({ point }),
      archives: createCarArchives({ store, point }),
      states: () =>
        (states ??= openStateIndex(
          ephemeral ? ":memory:" : join(state, "states.sqlite"),
        )),
      hash: nativeSha256,
      drawChart,
      sleep: (seconds, signal) =>
        sleep(seconds * 1_000, undefined, signal && { signal }),
      clock: { elapsed: () => performance.now(), now: () => new Date() },
      pool(recipe, workers) {
        const pool = createEnginePool({ files: recipe.files, workers });
        pools.push(pool);
        return pool;
      },
      ask: async (asking) =>
        (await import("./compose/sources.ts")).askSources(wiring, asking),
      courier: async (adapter, more) =>
        (await import("./compose/couriers.ts")).courierOf(
          wiring,
          adapter,
          more,
        ),
      reporters: async (address) =>
        (await import("./compose/couriers.ts")).reportersAt(wiring, address),
      reportFiles: readReportFiles,
      spending: spending.of(options),
      governance: async (how) =>
        (await import("./compose/governance.ts")).governanceOf(
          options,
          { hre, deps, connection, registry, deploymentId },
          how,
        ),
      registry: registry.toLowerCase() as Hex,
      targets: createTargets(rpc),
      receipts: () => receiptsOf(options),
      async deployAdapter(kind) {
        const { deployLocalAdapter } = await import("./local-adapters.ts");
        const { oracle: named } = await chain.epochs();
        if (named === undefined) throw new TypeError("no oracle is named");
        const at = { connection, registry, oracle: named, deploymentId };
        return deployLocalAdapter(at, kind, async (deployAdapter) =>
          (await import("./compose/functions.ts")).deployFunctions(
            options,
            at,
            deployAdapter,
          ),
        );
      },
      async pins(override) {
        const { development } = await chain.instance();
        const names = override ?? (development ? [] : settings.pins);
        const { pinTargets } = await import("./compose/places.ts");
        return pinTargets(hre, names, store);
      },
      async close() {
        await Promise.all(pools.map((pool) => pool.close()));
        await states?.close();
        await journal.close();
        await connection.close();
      },
    };
    return deps;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** A recipe that somebody hands in, its licences held against what it says. */
async function named(files: ReadonlyMap<string, Uint8Array>): Promise<Recipe> {
  const recipe = await loadRecipe(files);
  requireDataset(recipe);
  return recipe;
}

/**
 * The recipe that an option names: a directory, or the id of the built-in one or of one that was registered from here.
 * @throws FatalError `options/unknown-recipe`, and those of reading one.
 */
export async function recipeFrom(
  hre: HardhatRuntimeEnvironment,
  name?: string,
): Promise<Recipe> {
  const { root } = hre.config.paths;
  const builtIn = async (): Promise<Recipe> =>
    loadRecipe(await readRecipeFiles(join(root, "offchain/recipes/genesis")));
  if (name === undefined) return builtIn();
  if (!/^0x[0-9a-fA-F]{64}$/.test(name))
    return named(await readRecipeFiles(name));
  const id = name.toLowerCase();
  const first = await builtIn();
  if (first.id === id) return first;
  const kept = join(root, ".loop/recipes", id);
  const files = await readRecipeFiles(kept).catch((cause: unknown) => {
    throw new FatalError(
      "options/unknown-recipe",
      `No recipe \`${name}\` is known here; give --recipe its directory.`,
      { cause },
    );
  });
  return loadRecipe(files);
}

/**
 * Every recipe of the collection whose files are here: the named one, the built-in one, and those that were registered from here.
 * @throws FatalError those of {@link recipeFrom} for the named one.
 */
export async function recipesHere(
  hre: HardhatRuntimeEnvironment,
  { chain }: Pick<Deps, "chain">,
  name?: string,
): Promise<readonly Recipe[]> {
  const found = [await recipeFrom(hre, name)];
  for (const { id } of await chain.recipes()) {
    if (found.some((recipe) => recipe.id === id)) continue;
    try {
      found.push(await recipeFrom(hre, id));
    } catch (error) {
      // Its batches' archives may carry it.
      if (!isLoopError(error, "options/unknown-recipe")) throw error;
    }
  }
  return found;
}

/** Keeps a registered recipe's files, so that its id alone names it from now on. */
export async function keepRecipe(
  hre: HardhatRuntimeEnvironment,
  { artefacts }: Deps,
  { id, files }: Recipe,
): Promise<void> {
  for (const [name, content] of files)
    await artefacts.write(
      join(hre.config.paths.root, ".loop/recipes", id, name),
      content,
    );
}

/** The market file as text; the product's own synthetic sample if none is named. */
export async function marketText(
  hre: HardhatRuntimeEnvironment,
  path?: string,
): Promise<{ name: string; text: string }> {
  const sample = join(
    hre.config.paths.root,
    "offchain/market/sample/synthetic-daily.csv",
  );
  try {
    return {
      name: path ?? "synthetic-daily.csv",
      text: await readFile(path ?? sample, "utf8"),
    };
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new FatalError(
      "options/unreadable-market",
      `\`${path}\` cannot be read (${reason}); give --market a CSV file.`,
      { cause },
    );
  }
}
