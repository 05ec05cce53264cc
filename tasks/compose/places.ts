import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { createPinTargets } from "../../offchain/adapters/pin-targets.ts";
import type { PinTarget } from "../../offchain/loop/ports-pins.ts";
import { readSecret } from "./secrets.ts";

/** The places with these names. */
export function pinTargets(
  hre: HardhatRuntimeEnvironment,
  names: readonly string[],
  store: string,
): Promise<readonly PinTarget[]> {
  return createPinTargets(names, {
    secret: (name) => readSecret(hre, name),
    store,
  });
}
