import type { Chain } from "../loop/chain.ts";
import type { Courier } from "../loop/courier.ts";

/** Rounds brought by an account that the oracle names: whoever reads them trusts that account. */
export function createAccountCourier(
  chain: Pick<Chain, "bringRound">,
): Courier {
  return {
    kind: "account",
    bring: (observation, once) => chain.bringRound(observation, once),
  };
}
