import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** A stand-in for a data feed on development chains: anybody tells it any price. Never for a public chain. */
export default buildModule("DevelopmentFeed", (m) => ({
  adapter: m.contract("DevelopmentFeed", []),
}));
