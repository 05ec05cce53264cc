/**
 * Prints what votes cost: gas of each transaction, from receipts of EDR's Osaka, with what a holder pays who never votes beside it.
 *
 *   npx hardhat run test/bench/votes.ts
 */
import { startChain } from "./gas/chain.ts";
import { ours } from "./gas/subjects.ts";
import { measureVotes } from "./gas/votes.ts";

const chain = await startChain();
const figures = await measureVotes(chain, () => ours(chain));
await chain.close();

console.table(
  Object.fromEntries(
    Object.entries(figures).map(([name, gas]) => [
      name,
      { gas: gas.toLocaleString("en") },
    ]),
  ),
);
