/**
 * Prints what a round costs by the vendor that brings it: gas of the transaction, from receipts of EDR's Osaka; of Functions, gas of
 * the callback, which is what the network's limit of 300,000 is about. The vendors are played by test/contracts/mocks/Vendors.sol, so
 * what their own contracts cost is not in it.
 *
 *   npx hardhat run test/bench/vendors.ts
 */
import { startChain } from "./gas/chain.ts";
import { ours } from "./gas/subjects.ts";
import { measureVendors } from "./gas/vendors.ts";

const chain = await startChain();
const figures = await measureVendors(chain, () => ours(chain));
await chain.close();

console.table(
  Object.fromEntries(
    Object.entries(figures).map(([name, gas]) => [
      name,
      { gas: gas.toLocaleString("en") },
    ]),
  ),
);
