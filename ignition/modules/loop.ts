import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * The recipe registry with the book of jobs, and the collection that obeys it.
 *
 * Every parameter has a default, so a local chain needs none: its accounts 0 to 6 hold one job each, because the contracts
 * allow nobody two. On a public chain name an account for each job in ignition/parameters/<network>.json5.
 */
export default buildModule("Loop", (m) => {
  const job = (name: string, account: number) =>
    m.getParameter(name, m.getAccount(account));

  const registry = m.contract("RecipeRegistry", [
    {
      admin: job("admin", 1),
      adminDelay: m.getParameter("adminDelay", 172_800n),
      operator: job("operator", 0),
      registrar: job("registrar", 2),
      guardian: job("guardian", 3),
      parameterAuthority: job("parameterAuthority", 4),
      publisher: job("publisher", 5),
      voucherSigner: job("voucherSigner", 6),
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
      owner: job("owner", 1),
      royaltyReceiver: job("royaltyReceiver", 1),
      royaltyBps: m.getParameter("royaltyBps", 500n),
    },
  ]);

  return { collection, registry };
});
