import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { wrapping } from "../wrapping.ts";

/** `npx hardhat unwrap --token IDS`. */
export default async function (
  args: { readonly token: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await wrapping("unwrap", args, hre);
}
