import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

const NONE = `0x${"00".repeat(20)}`;

/**
 * A Chainlink Data Feed in front of one oracle: whoever pokes it once a day brings a round.
 *
 * `oracle` and `feed` have no default. `heartbeat` is the feed's own, as its page says; on an L2 give `sequencer` its uptime feed.
 * Nothing is heard before the admin names the contract: npx hardhat parameters --set adapters=ACTIVE,FALLBACK.
 */
export default buildModule("DataFeeds", (m) => ({
  adapter: m.contract("DataFeedAdapter", [
    m.getParameter<string>("oracle"),
    m.getParameter<string>("feed"),
    m.getParameter("heartbeat", 3_600n),
    m.getParameter("sequencer", NONE),
    m.getParameter("grace", 3_600n),
  ]),
}));
