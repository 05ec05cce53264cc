import type { Interface, Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { COLLECTION } from "./chain-abi.ts";
import { toRefusal } from "./chain-errors.ts";
import { hexData, type Rpc } from "./rpc.ts";

/** Asks a view of the collection or the registry at the newest block. */
export type Call = (
  target: Interface,
  name: string,
  args?: readonly unknown[],
) => Promise<Result>;

/** The {@link Call} of one deployment; what the contracts refuse comes as `chain/refused`. */
export function createCall(
  rpc: Rpc,
  {
    collection,
    registry,
  }: { readonly collection: Hex; readonly registry: Hex },
): Call {
  return async (target, name, args = []) => {
    const request = {
      to: target === COLLECTION ? collection : registry,
      data: target.encodeFunctionData(name, args),
    };
    try {
      const answer = await rpc.ask("eth_call", [request, "latest"], hexData);
      return target.decodeFunctionResult(name, answer);
    } catch (error) {
      throw toRefusal(name, error);
    }
  };
}
