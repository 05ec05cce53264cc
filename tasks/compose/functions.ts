import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import type { CourierDesk } from "../../offchain/adapters/courier-desk.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import type { Courier } from "../../offchain/loop/courier.ts";
import type { LocalOracle } from "../local-adapters.ts";

/** Chainlink Functions; its toolkit is loaded with this file and with nothing else. */
export function functionsCourierOf(
  _options: ChainOptions,
  _desk: CourierDesk,
  adapter: Hex,
): Promise<Courier> {
  return Promise.reject(
    new FatalError(
      "courier/not-ours",
      `No courier is here for the adapter at \`${adapter}\`; give --adapter with another.`,
    ),
  );
}

/** Puts Chainlink's contracts on a development chain, once, and the adapter in front of the oracle. */
export function deployFunctions(
  { connection }: LocalOracle,
  _options: ChainOptions,
): Promise<Hex> {
  return Promise.reject(
    new FatalError(
      "courier/not-ours",
      `Functions are not on \`${connection.networkName}\`; give --adapter with another.`,
    ),
  );
}
