import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Until the admin names an adapter of the oracle: one that is a contract is deployed after it. */
const NOBODY = `0x${"00".repeat(20)}`;

/**
 * The recipe registry with the book of jobs, the collection that obeys it, and the oracle that its epochs' rounds come from
 * once the admin names it (`setOracle`): that is a call of his and no part of a deployment.
 *
 * Each job needs an account of its own, because the contracts allow nobody two; only the operator has a default, the
 * account that deploys. Local chains get theirs by themselves; for a public chain name them in
 * ignition/parameters/<network>.json5.
 */
export default buildModule("Loop", (m) => {
  const admin = m.getParameter<string>("admin");

  const registry = m.contract("RecipeRegistry", [
    {
      admin,
      adminDelay: m.getParameter("adminDelay", 172_800n),
      operator: m.getParameter("operator", m.getAccount(0)),
      registrar: m.getParameter<string>("registrar"),
      guardian: m.getParameter<string>("guardian"),
      parameterAuthority: m.getParameter<string>("parameterAuthority"),
      publisher: m.getParameter<string>("publisher"),
      voucherSigner: m.getParameter<string>("voucherSigner"),
    },
  ]);

  const collection = m.contract("LoopCollection", [
    {
      name: m.getParameter("name", "Generative Loop"),
      symbol: m.getParameter("symbol", "LOOP"),
      contractURI: m.getParameter("contractURI", ""),
      registry,
      maxSupply: m.getParameter("maxSupply", 1_000_000n),
      seedDelay: m.getParameter("seedDelay", 4n),
      sealWindow: m.getParameter("sealWindow", 7_200n),
      worksPerDay: m.getParameter("worksPerDay", 20_000n),
      owner: admin,
      royaltyReceiver: m.getParameter<string>("royaltyReceiver"),
      royaltyBps: m.getParameter("royaltyBps", 500n),
    },
  ]);

  const oracle = m.contract("MarketOracle", [
    registry,
    collection,
    m.getParameter("oracleAdapter", NOBODY),
    {
      leastInterval: m.getParameter("leastInterval", 3_600n),
      staleAfter: m.getParameter("staleAfter", 259_200n),
      maxAge: m.getParameter("maxAge", 259_200n),
      maxChange: m.getParameter("maxChange", 32_768n),
      maxVolatility: m.getParameter("maxVolatility", 65_535n),
      maxTrend: m.getParameter("maxTrend", 32_768n),
      maxFloorFactor: m.getParameter("maxFloorFactor", 10n),
    },
    m.getParameter("firstRound", 1n),
  ]);

  return { collection, registry, oracle };
});
