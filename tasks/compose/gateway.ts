import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import {
  startGateway,
  type Gateway,
} from "../../offchain/adapters/gateway-server.ts";
import { openStoreBlocks } from "../../offchain/adapters/store-blocks.ts";

/** Serves the local store until it is closed; no chain is asked. @throws FatalError `gateway/port-taken`. */
export async function serveStore(
  hre: HardhatRuntimeEnvironment,
  options: {
    readonly host: string;
    readonly port: number;
    readonly note: (sentence: string) => void;
  },
): Promise<Gateway> {
  const store = openStoreBlocks(join(hre.config.paths.root, ".loop/cars"));
  try {
    const gateway = await startGateway({ ...options, store });
    return {
      ...gateway,
      async close() {
        await gateway.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
