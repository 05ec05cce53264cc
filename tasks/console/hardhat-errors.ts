import { FatalError } from "../../offchain/kernel/errors.ts";

/** How many causes are looked through: an error of Hardhat's arrives inside one of ours that only says that nobody answered. */
const DEPTH = 5;

/**
 * What Hardhat itself refuses before anything reaches a node, in our words; undefined if nothing of that kind is behind the error.
 * `options/missing-variable`: a configuration variable is not set. `chain/wrong-chain`: the node is on another chain than configured.
 */
export function hardhatRefusal(error: unknown): FatalError | undefined {
  let cause: unknown = error;
  for (let depth = 0; depth < DEPTH && cause instanceof Error; depth++) {
    const variable = /Configuration Variable "(\w+)" not found/.exec(
      cause.message,
    )?.[1];
    if (variable !== undefined)
      return new FatalError(
        "options/missing-variable",
        `\`${variable}\` is not set; keep it with npx hardhat keystore set ${variable}, or export it${variable.endsWith("_URL") ? "" : " (LOOP_KEYS names the variables that hold your keys)"}.`,
        { cause: error },
      );
    const chains = /set to use chain id "(\d+)", but .* id "(\d+)"/.exec(
      cause.message,
    );
    if (chains !== null)
      return new FatalError(
        "chain/wrong-chain",
        `The network is configured for chain ${chains[1]} and its node is on chain ${chains[2]}; correct its URL.`,
        { cause: error },
      );
    cause = cause.cause;
  }
  return undefined;
}
