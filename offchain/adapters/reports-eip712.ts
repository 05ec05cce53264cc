import { Signature, verifyTypedData, type TypedDataDomain } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type { SignedReport } from "../loop/gather-reports.ts";
import type { ChainWallet } from "./wallet-ethers.ts";

/** What reporters sign (contracts/interfaces/ISignedReporters.sol). */
const TYPES = {
  Report: [
    { name: "round", type: "uint256" },
    { name: "observation", type: "bytes32" },
  ],
};

/** A report before it is signed. */
export type Unsigned = Omit<SignedReport, "reporter" | "r" | "vs">;

/**
 * Signs a report, the same one always to the same bytes (RFC 6979); undefined where this wallet cannot sign messages, because its node
 * holds the key.
 */
export async function signReport(
  wallet: ChainWallet,
  report: Unsigned,
): Promise<SignedReport | undefined> {
  const { round, observation } = report;
  const signed = await wallet.signTyped?.(domainOf(report), TYPES, {
    round,
    observation,
  });
  if (signed === undefined) return undefined;
  const { r, yParityAndS } = Signature.from(signed);
  return {
    ...report,
    reporter: wallet.address.toLowerCase() as Hex,
    r: r as Hex,
    vs: yParityAndS as Hex,
  };
}

/** Who signed a report, lower-case; undefined if nobody can have. */
export function signerOf(report: SignedReport): Hex | undefined {
  const { round, observation, r, vs } = report;
  try {
    const signature = Signature.from({ r, yParityAndS: vs });
    const signer = verifyTypedData(
      domainOf(report),
      TYPES,
      { round, observation },
      signature,
    );
    return signer.toLowerCase() as Hex;
  } catch {
    return undefined;
  }
}

function domainOf({ chainId, adapter }: Unsigned): TypedDataDomain {
  return {
    name: "Generative Loop Reporters",
    version: "1",
    chainId,
    verifyingContract: adapter,
  };
}
