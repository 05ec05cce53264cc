import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * What Chainlink's CRE delivers a workflow's reports to, in front of one oracle.
 *
 * No parameter has a default: `oracle`, `forwarder` (Chainlink's contract on this chain), `workflowOwner`, and `workflowName`, the
 * first ten hex digits of the SHA-256 of the workflow's name as bytes of text, which offchain/cre prints. Nothing is heard before the
 * admin names the contract: npx hardhat parameters --set adapters=ACTIVE,FALLBACK.
 */
export default buildModule("Cre", (m) => ({
  adapter: m.contract("CreReceiver", [
    m.getParameter<string>("oracle"),
    m.getParameter<string>("forwarder"),
    m.getParameter<string>("workflowOwner"),
    m.getParameter<string>("workflowName"),
  ]),
}));
