import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Chainlink Functions in front of one oracle. The public network was shut down in 2026, so this is for those who run the router
 * themselves, as development chains do here.
 *
 * `oracle`, `router`, `subscriptionId`, `donId` and `requestHash` (of the one request that it will ever send) have no default. The
 * subscription's owner adds the contract as its consumer. Nothing is heard before the admin names the contract:
 * npx hardhat parameters --set adapters=ACTIVE,FALLBACK.
 */
export default buildModule("Functions", (m) => ({
  adapter: m.contract("FunctionsAdapter", [
    m.getParameter<string>("oracle"),
    m.getParameter<string>("router"),
    m.getParameter<bigint>("subscriptionId"),
    m.getParameter<string>("donId"),
    m.getParameter("callbackGas", 300_000n),
    m.getParameter<string>("requestHash"),
    m.getParameter("leastInterval", 3_600n),
  ]),
}));
