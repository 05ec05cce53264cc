import { verifyTypedData, type TypedDataDomain } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type { SignClaim, SignerOf } from "../loop/receipts.ts";
import { claimDigest, type ReceiptClaim } from "../publishing/receipts.ts";
import { createContext, type ChainOptions } from "./chain-context.ts";
import type { ChainWallet } from "./wallet-ethers.ts";

/** What is signed: the digest of a claim, under the collection that it is about, so that it can be taken for nothing else. */
const TYPES = { Receipt: [{ name: "claim", type: "bytes32" }] };

/** Signs claims with the key of the account that holds the operator's job, the one that sealed the batches. */
export function createClaimSigner(options: ChainOptions): SignClaim {
  const { signers } = createContext(options);
  return async (claim) =>
    signClaim(await signers.pick({ jobs: ["operator"] }), claim);
}

/** Signs with this wallet; undefined where its node holds the key. */
export async function signClaim(
  wallet: ChainWallet,
  claim: ReceiptClaim,
): ReturnType<SignClaim> {
  const signature = await wallet.signTyped?.(domainOf(claim), TYPES, {
    claim: claimDigest(claim),
  });
  if (signature === undefined) return undefined;
  return { signer: wallet.address.toLowerCase() as Hex, signature };
}

/** Who signed a claim. */
export const claimSigner: SignerOf = (claim, signature) => {
  try {
    const said = { claim: claimDigest(claim) };
    const signer = verifyTypedData(domainOf(claim), TYPES, said, signature);
    return signer.toLowerCase() as Hex;
  } catch {
    return undefined;
  }
};

function domainOf({ chain }: ReceiptClaim): TypedDataDomain {
  return {
    name: "Generative Loop Receipts",
    version: "1",
    chainId: chain.id,
    verifyingContract: chain.collection,
  };
}
