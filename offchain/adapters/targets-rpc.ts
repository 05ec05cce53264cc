import { AbiCoder, getBytes, Utf8ErrorFuncs, toUtf8String } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type { TargetView, Targets } from "../loop/ports-governance-codec.ts";
import { hexData, refusalOf, type Rpc } from "./rpc.ts";

/** What an account that runs another's code begins with, before its address (EIP-7702). */
const DELEGATION = "0xef0100";

/** A minimal proxy, around the address whose code it runs (ERC-1167). */
const CLONE =
  /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;

/** Where proxies keep whose code they run, and who tells them (EIP-1967): keccak256 of their names, less one. */
const IMPLEMENTATION =
  "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
const BEACON =
  "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50";

const NAME = "0x06fdde03";
const MAX_NAME_BYTES = 256;

/** Looks at what is at an address: its code, the slots of proxies, and what it calls itself. Nothing that comes back is believed. */
export function createTargets(rpc: Rpc): Targets {
  const slotOf = async (
    address: Hex,
    slot: string,
  ): Promise<Hex | undefined> => {
    const params = [address, slot, "latest"];
    const word = await rpc.ask("eth_getStorageAt", params, hexData);
    return /^0x0*$/.test(word) ? undefined : `0x${word.slice(-40)}`;
  };
  const kindOf = async (address: Hex): Promise<TargetView> => {
    const code = await rpc.ask("eth_getCode", [address, "latest"], hexData);
    if (code === "0x") return { kind: "none" };
    if (code.startsWith(DELEGATION) && code.length === 48)
      return { kind: "delegated", implementation: `0x${code.slice(8)}` };
    const clone = CLONE.exec(code)?.[1];
    if (clone !== undefined)
      return { kind: "clone", implementation: `0x${clone}` };
    const implementation =
      (await slotOf(address, IMPLEMENTATION)) ??
      (await slotOf(address, BEACON));
    return implementation === undefined
      ? { kind: "contract" }
      : { kind: "proxy", implementation };
  };
  return {
    async look(address) {
      const view = await kindOf(address);
      if (view.kind === "none") return view;
      const name = await nameOf(rpc, address);
      return name === undefined ? view : { ...view, name };
    },
  };
}

async function nameOf(rpc: Rpc, address: Hex): Promise<string | undefined> {
  try {
    const request = { to: address, data: NAME, gas: "0x30d40" };
    const answer = await rpc.ask("eth_call", [request, "latest"], hexData);
    const [bytes] = AbiCoder.defaultAbiCoder().decode(["bytes"], answer);
    const text = getBytes(String(bytes)).slice(0, MAX_NAME_BYTES);
    return toUtf8String(text, Utf8ErrorFuncs.replace);
  } catch (error) {
    // Whoever has no name, or answers with something else, has none.
    if (refusalOf(error) !== undefined || isDecoding(error)) return undefined;
    throw error;
  }
}

function isDecoding(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return (
    code === "BUFFER_OVERRUN" ||
    code === "BAD_DATA" ||
    code === "INVALID_ARGUMENT" ||
    code === "NUMERIC_FAULT"
  );
}
