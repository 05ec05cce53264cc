import { globSync } from "node:fs";
import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

import { tasks } from "./tasks/index.ts";
import { keyVariables, NETWORKS, variablePrefix } from "./tasks/networks.ts";

// The compiler comes from npm, so a build needs no download. The path must be absolute and repeated in each profile.
// viaIR with 400 runs: with fewer, a seal copies the topic of its event from the code for each token, 29 gas; with 10,000, a
// transfer costs 9 gas less and the collection is 3 kB larger.
const solc = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: {
    // First, as Hardhat puts it for the production profile: another order is another build, compiled anew at each change of profile.
    optimizer: { enabled: true, runs: 400 },
    viaIR: true,
    evmVersion: "osaka",
  },
};

// The Solidity tests deploy the product's artifacts and so need no optimizer of their own: a tenth of the time. What the gas
// table compares with, or passes through, is compiled as the product is, but never in one job with it: what else is in a job
// changes the order in which solc names things, and with it the bytecode.
const tests = {
  ...solc,
  settings: { optimizer: { enabled: false }, evmVersion: "osaka" },
};
const profile = {
  compilers: [solc],
  overrides: Object.fromEntries(
    globSync("test/contracts/**/*.sol", { cwd: import.meta.dirname }).map(
      (path) => [path, /\/(comparison|mocks)\//.test(path) ? solc : tests],
    ),
  ),
};

// Every public network has its node's address in one variable and one variable for each key: `npx hardhat keystore set NAME`.
const publicNetworks = Object.fromEntries(
  Object.entries(NETWORKS).map(([name, { chainId, chainType }]) => [
    name,
    {
      type: "http" as const,
      chainId,
      chainType,
      url: configVariable(`${variablePrefix(name)}_RPC_URL`),
      accounts: keyVariables(name, process.env["LOOP_KEYS"]).map((variable) =>
        configVariable(variable),
      ),
    },
  ]),
);

// Hardhat compiles together what has one and the same settings object, and resolves one for each overridden path: shared by those
// that are equal, all tests are one job instead of one each, a tenth of the time again.
const fewTestJobs: HardhatPlugin = {
  id: "few-test-jobs",
  hookHandlers: {
    config: async () => ({
      default: async () => ({
        resolveUserConfig: async (user, resolveVariable, next) => {
          const resolved = await next(user, resolveVariable);
          for (const { overrides } of Object.values(
            resolved.solidity.profiles,
          )) {
            const shared = new Map<string, (typeof overrides)[string]>();
            for (const [path, own] of Object.entries(overrides)) {
              const settings = JSON.stringify(own);
              overrides[path] = shared.get(settings) ?? own;
              shared.set(settings, overrides[path]);
            }
          }
          return resolved;
        },
      }),
    }),
  },
};

export default defineConfig({
  plugins: [toolbox, fewTestJobs],
  tasks,
  solidity: {
    npmFilesToBuild: [],
    // Ignition deploys what the production profile built. Compiled together like the default's, it is one and the same build: what
    // the tests ran against is what is deployed, and what an explorer is sent.
    profiles: {
      default: profile,
      production: {
        ...profile,
        isolated: false,
        toolVersionsInBuildInfo: false,
      },
    },
  },
  // Addresses of the explorers are Hardhat's own. Etherscan's key is asked for when something is verified.
  verify: {
    etherscan: { apiKey: configVariable("ETHERSCAN_API_KEY") },
    blockscout: { enabled: true },
    sourcify: { enabled: true },
  },
  paths: { tests: { solidity: "./test/contracts", mocha: "./test" } },
  test: {
    mocha: { timeout: 120_000, parallel: false },
    // The seed is fixed, so that a failure repeats; the nightly run goes deeper through the environment.
    solidity: {
      // Where the campaigns count what each action did, for test/bench/invariants.ts.
      fsPermissions: { writeFile: ["cache/invariants.csv"] },
      fuzz: {
        runs: Number(process.env.LOOP_FUZZ_RUNS ?? 64),
        seed: "0x6c6f6f70",
      },
      // Three campaigns, so 300,000 calls; long runs, so that each action gets enough of them to tell whether it works. Tests
      // that must be quick set fewer, .ci/run sets 334, for a million, the nightly run ten times that.
      invariant: {
        runs: Number(process.env.LOOP_INVARIANT_RUNS ?? 100),
        depth: Number(process.env.LOOP_INVARIANT_DEPTH ?? 1_000),
        failOnRevert: true,
      },
    },
  },
  networks: {
    localhost: {
      type: "http",
      chainType: "l1",
      url: process.env["LOOP_LOCALHOST"] ?? "http://127.0.0.1:8545",
    },
    ...publicNetworks,
  },
});
