import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { wrapping } from "../wrapping.ts";

/** `npx hardhat wrap --token IDS`. */
export default async function (
  args: { readonly token: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await wrapping("wrap", args, hre);
}
