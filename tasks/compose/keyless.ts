import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Wallets } from "../../offchain/adapters/wallet-ethers.ts";
import type { Connection } from "../deployment.ts";

/** The accounts of a command that only reads. */
export const NOBODY: Wallets = {
  get first(): never {
    throw new TypeError("a command that only reads has no account");
  },
  find: async () => undefined,
};

/**
 * Connects to the chosen network without its keys: Hardhat resolves them all before the first request, so otherwise whoever has none
 * could not even read.
 */
export function connectKeyless(
  hre: HardhatRuntimeEnvironment,
): Promise<Connection> {
  const { network } = hre.globalOptions;
  const http =
    network !== undefined && hre.config.networks[network]?.type === "http";
  return hre.network.create(
    http ? { override: { accounts: "remote" } } : {},
  ) as Promise<Connection>;
}
