import { ZeroAddress, type Interface, type Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { COLLECTION } from "./chain-abi.ts";
import { toRefusal } from "./chain-errors.ts";
import { hexData, type Rpc } from "./rpc.ts";

/** Asks a view of one of the contracts, or of another, at the newest block. */
export type Call = (
  target: Interface | Contract,
  name: string,
  args?: readonly unknown[],
) => Promise<Result>;

/** A contract that is not one of the deployment's own. */
export interface Contract {
  readonly address: Hex;
  readonly abi: Interface;
}

/** Where a contract is. */
export type AddressOf = (target: Interface) => Promise<Hex>;

/** The {@link Call} of one deployment; what the contracts refuse comes as `chain/refused`. */
export function createCall(
  rpc: Rpc,
  {
    collection,
    registry,
  }: { readonly collection: Hex; readonly registry: Hex },
): { readonly call: Call; readonly addressOf: AddressOf } {
  const call: Call = async (target, name, args = []) => {
    const { address, abi } =
      "abi" in target
        ? target
        : { address: await addressOf(target), abi: target };
    const request = { to: address, data: abi.encodeFunctionData(name, args) };
    try {
      const answer = await rpc.ask("eth_call", [request, "latest"], hexData);
      return abi.decodeFunctionResult(name, answer);
    } catch (error) {
      throw toRefusal(name, error, abi);
    }
  };
  const addressOf: AddressOf = async (target) => {
    if (target === COLLECTION) return collection;
    if (target !== ORACLE) return registry;
    const oracle = await oracleOf(call);
    if (oracle !== undefined) return oracle;
    throw new FatalError(
      "chain/no-oracle",
      "The collection has no oracle yet; the admin names one with `parameters --set oracle=ADDRESS`.",
    );
  };
  return { call, addressOf };
}

/** The oracle that the collection names now; asked each time, because the admin may name another. */
export async function oracleOf(call: Call): Promise<Hex | undefined> {
  const named = String((await call(COLLECTION, "oracle"))[0]);
  return named === ZeroAddress ? undefined : (named.toLowerCase() as Hex);
}
