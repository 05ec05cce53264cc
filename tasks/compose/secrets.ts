import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/**
 * A key that the configuration does not name: from the environment, else from Hardhat's keystore, which asks for its password only
 * if the key is in it. Undefined if neither has it.
 */
export async function readSecret(
  hre: HardhatRuntimeEnvironment,
  name: string,
): Promise<string | undefined> {
  const value = await hre.hooks.runHandlerChain(
    "configurationVariables",
    "fetchValue",
    // With a default, nobody is asked in vain.
    [{ _type: "ConfigurationVariable", name, default: "" }],
    async (_context, variable) => process.env[variable.name] ?? "",
  );
  return value === "" ? undefined : value;
}
