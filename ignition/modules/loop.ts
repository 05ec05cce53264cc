import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * The recipe registry and the collection that obeys it.
 *
 * Every parameter has a default, so a local chain needs none: account 0 holds every role there. On a public chain give
 * each role its own account in ignition/parameters/<network>.json5.
 */
export default buildModule("Loop", (m) => {
  const deployer = m.getAccount(0);
  const admin = m.getParameter("admin", deployer);

  const registry = m.contract("RecipeRegistry", [
    admin,
    m.getParameter("registrar", deployer),
    m.getParameter("guardian", deployer),
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
      admin,
      operator: m.getParameter("operator", deployer),
      royaltyReceiver: m.getParameter("royaltyReceiver", deployer),
      royaltyBps: m.getParameter("royaltyBps", 500n),
    },
  ]);

  return { collection, registry };
});
