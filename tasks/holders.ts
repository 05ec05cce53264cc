import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type { Deps } from "./compose.ts";

/**
 * The holder of a work, who must be one of the accounts that sign here.
 * @param verb area of the code, and what he would do.
 * @throws FatalError `<verb>/not-yours`, `chain/no-token`.
 */
export async function requireHolder(
  { chain, network }: Pick<Deps, "chain" | "network">,
  token: bigint,
  verb: "burn" | "pin" | "attune" | "wrap",
): Promise<Hex> {
  const holder = await chain.ownerOf(token);
  if (await chain.signsFor(holder)) return holder;
  throw new FatalError(
    `${verb}/not-yours`,
    `Work \`${token}\` belongs to ${holder}, whose key is not configured for ${network}; run this where it is.`,
  );
}
