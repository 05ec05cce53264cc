import { FatalError } from "../offchain/kernel/errors.ts";
import type { Deps } from "./compose.ts";

/**
 * Refuses a command that needs what earlier commands left where the chain ends with the command.
 * @param what it needs, as the beginning of a sentence.
 * @throws FatalError `options/no-network`.
 */
export function requireLasting({ ephemeral }: Deps, what: string): void {
  if (!ephemeral) return;
  throw new FatalError(
    "options/no-network",
    `${what} cannot be on the chain inside this command, which is new each time; name a network with --network.`,
  );
}
