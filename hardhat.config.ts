import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

// The compiler comes from npm, so a build needs no download. The path must be absolute and repeated in each profile.
const solc = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: { optimizer: { enabled: true, runs: 10_000 }, evmVersion: "osaka" },
};

export default defineConfig({
  plugins: [toolbox],
  solidity: {
    npmFilesToBuild: [],
    profiles: { default: solc, production: solc },
  },
  paths: { tests: { solidity: "./test/contracts", mocha: "./test" } },
  test: { mocha: { timeout: 120_000, parallel: false } },
  networks: {
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
    sepolia: {
      type: "http",
      chainType: "l1",
      url: configVariable("SEPOLIA_RPC_URL"),
      accounts: [configVariable("SEPOLIA_PRIVATE_KEY")],
    },
  },
});
