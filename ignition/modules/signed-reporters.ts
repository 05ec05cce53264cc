import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Reporters who sign what they see, in front of one oracle: the adapter that needs no vendor, so the one to begin with, and the fallback
 * behind every other.
 *
 * `registry`, `oracle` and `reporters` (1 to 16 addresses, ascending) have no default. Nothing is heard before the admin names the
 * contract: npx hardhat parameters --set adapters=ACTIVE,FALLBACK. The admin also changes the reporters (`setReporters`).
 */
export default buildModule("SignedReporters", (m) => ({
  adapter: m.contract("SignedReporters", [
    m.getParameter<string>("registry"),
    m.getParameter<string>("oracle"),
    m.getParameter<string[]>("reporters"),
    m.getParameter("quorum", 3n),
  ]),
}));
