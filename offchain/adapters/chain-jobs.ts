import { id, ZeroHash } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Job } from "../loop/chain.ts";
import type { ChainWallet, Wallets } from "./wallet-ethers.ts";

/** The roles by which the registry's book knows the jobs (contracts/access/Roles.sol). */
export const ROLES: Readonly<Record<Job, Hex>> = {
  admin: ZeroHash as Hex,
  operator: id("OPERATOR_ROLE") as Hex,
  registrar: id("REGISTRAR_ROLE") as Hex,
  guardian: id("GUARDIAN_ROLE") as Hex,
  parameterAuthority: id("PARAMETER_ROLE") as Hex,
  publisher: id("PUBLISHER_ROLE") as Hex,
  voucherSigner: id("VOUCHER_ROLE") as Hex,
};

/** Moves parameters inside bounds; no job that a deployment begins with. */
export const STEWARD_ROLE: Hex = id("STEWARD_ROLE") as Hex;

/** Who has to sign a call: whoever holds a job, one account, or anybody. */
export type Signer =
  { readonly jobs: readonly Job[] } | { readonly account: Hex } | "anybody";

/** Picks the account that signs. */
export interface Signers {
  /** @throws FatalError `chain/no-key` if the network's configuration has no key for it. */
  pick(signer: Signer): Promise<ChainWallet>;
  has(signer: Signer): Promise<boolean>;
}

/**
 * Finds among the configured accounts the one that may make a call: the contracts give nobody two jobs, so one command can need
 * several accounts. Whoever lacks a job is told by the chain itself: where no account holds it, the first one asks and is refused.
 */
export function createSigners(
  wallets: Wallets | undefined,
  hasRole: (role: Hex, account: Hex) => Promise<boolean>,
): Signers {
  const find = async (signer: Signer): Promise<ChainWallet | undefined> => {
    if (signer === "anybody") return wallets?.first;
    if ("account" in signer) {
      const wanted = signer.account.toLowerCase();
      return wallets?.find((address) => address === wanted);
    }
    for (const job of signer.jobs) {
      const wallet = await wallets?.find((address) =>
        hasRole(ROLES[job], address),
      );
      if (wallet !== undefined) return wallet;
    }
    return undefined;
  };
  return {
    has: async (signer) => (await find(signer)) !== undefined,
    async pick(signer) {
      const found = await find(signer);
      if (found !== undefined) return found;
      if (
        wallets !== undefined &&
        typeof signer === "object" &&
        "jobs" in signer
      )
        return wallets.first;
      throw new FatalError(
        "chain/no-key",
        typeof signer === "object" && "account" in signer
          ? `No key of \`${signer.account}\` is configured for this network; add its account, or run this where it is.`
          : "No account that signs is configured for this network; configure one in hardhat.config.ts.",
      );
    },
  };
}
