import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { createPublicGateway } from "../../offchain/adapters/gateway-client.ts";
import { openStoreBlocks } from "../../offchain/adapters/store-blocks.ts";
import type { DoctorPorts } from "../../offchain/loop/doctor.ts";
import type { RepairPorts } from "../../offchain/loop/doctor-repair.ts";
import type { PinTarget } from "../../offchain/loop/ports-pins.ts";
import type { Progress } from "../../offchain/loop/ports-progress.ts";
import type { Deps } from "../compose.ts";

/** Whom a doctor asks beside the chain. */
export interface Asked {
  /** Instead of the network's places. */
  readonly pins: readonly string[] | undefined;
  /** Addresses of gateways of others. */
  readonly gateways: readonly string[];
  readonly progress: Progress;
}

/** The ports of the doctor; close them after use. */
export async function doctorPorts(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  { pins, gateways, progress }: Asked,
): Promise<
  Omit<RepairPorts, "rebuild"> & { readonly close: () => Promise<void> }
> {
  const { chain, journal, archives, hash } = deps;
  const cars = join(hre.config.paths.root, ".loop/cars");
  const [local] = await deps.pins(["local"]);
  const places = await deps.pins(pins);
  const store = openStoreBlocks(cars);
  return {
    chain,
    journal,
    archives,
    hash,
    local: local as PinTarget,
    places,
    store: store satisfies DoctorPorts["store"],
    gateways: gateways.map((url) => createPublicGateway(url)),
    progress,
    pathOf: (cid) => join(cars, `${cid}.car`),
    close: () => store.close(),
  };
}
