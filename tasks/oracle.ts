import { FatalError } from "../offchain/kernel/errors.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import type { Deps } from "./compose.ts";

/**
 * Makes sure that the collection has an oracle. A development chain's is deployed with the collection and named on the spot by its
 * admin; elsewhere that is the admin's decision, so the command is named instead.
 * @throws FatalError `oracle/not-named`.
 */
export async function requireOracle(
  { chain, network, oracle: deployed }: Deps,
  { progress, send }: { readonly progress: Progress; readonly send: boolean },
): Promise<void> {
  const { oracle: named } = await chain.epochs();
  if (named !== undefined) return;
  const { development } = await chain.instance();
  if (!development || deployed === undefined) {
    throw new FatalError(
      "oracle/not-named",
      `The collection on \`${network}\` has no oracle; the admin names one: npx hardhat parameters --set oracle=ADDRESS --network ${network}`,
    );
  }
  if (!send) return;
  // The oracle is named once, so its address is the key: a command that died here finds its transaction again.
  const once = { key: `oracle/name/${deployed}` };
  await chain.setParameter({ name: "oracle", oracle: deployed }, once);
  progress.note(`Named ${deployed} as the oracle of this local chain.`);
}
