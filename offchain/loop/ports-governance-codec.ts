import type { Hex } from "../kernel/bytes.ts";

/** The contracts of a deployment, by what proposals call them. */
export const GOVERNED_CONTRACTS = [
  "controller",
  "governor",
  "timelock",
  "votes",
  "registrar-seat",
  "registry",
  "collection",
  "oracle",
] as const;

export type GovernedContract = (typeof GOVERNED_CONTRACTS)[number];

/** Where they are; an oracle may be missing. */
export type GovernedAddresses = Readonly<
  Record<Exclude<GovernedContract, "oracle">, Hex>
> & { readonly oracle?: Hex | undefined };

/** An argument as the ABI has it: whole numbers as bigint, bytes and addresses as lower-case hexadecimal, tuples as lists. */
export type CallArgument = string | bigint | boolean | readonly CallArgument[];

/** A call of a contract whose interface is known. */
export interface NamedCall {
  readonly contract: GovernedContract;
  readonly method: string;
  readonly args: readonly CallArgument[];
}

/** The contracts' ABI. Both directions are exact: what `decode` gives, `encode` makes the same bytes of. */
export interface GovernanceCodec {
  /** @throws TypeError for a method that the contract does not have, or arguments that do not fit it: a fault of ours. */
  encode(call: NamedCall): Hex;
  /** Undefined for an unknown selector, for arguments that do not parse, and for bytes that no encoder would have written. */
  decode(contract: GovernedContract, data: Hex): NamedCall | undefined;
}

/** What is at an address that a proposal calls. */
export interface TargetView {
  /**
   * `none`: no code. `delegated`: an account that runs the code of another (EIP-7702). `clone`: a minimal proxy (ERC-1167). `proxy`: has an
   * implementation in the slot of EIP-1967, or a beacon. `contract`: any other code.
   */
  readonly kind: "none" | "delegated" | "clone" | "proxy" | "contract";
  /** Whose code runs, where it is not its own. */
  readonly implementation?: Hex;
  /** What it answers to `name()`, as it came; nothing that is believed. */
  readonly name?: string;
}

/** Looks at addresses of strangers. */
export interface Targets {
  look(address: Hex): Promise<TargetView>;
}
