import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Chain } from "./chain.ts";
import type { Run } from "./journal.ts";
import type { Governance } from "./ports-governance.ts";

interface AccountPorts {
  readonly chain: Pick<Chain, "signsFor">;
  readonly governance: Governance;
}

/** A configured account that has the steward's job, or was offered it. */
export interface StewardAccount {
  readonly account: Hex;
  readonly accepted: boolean;
}

/** The first such account; undefined if no key of one is here. */
export async function findSteward({
  chain,
  governance,
}: AccountPorts): Promise<StewardAccount | undefined> {
  const { stewards, offered } = await governance.controller();
  for (const account of stewards)
    if (await chain.signsFor(account)) return { account, accepted: true };
  for (const account of offered)
    if (await chain.signsFor(account)) return { account, accepted: false };
  return undefined;
}

/**
 * The steward's account in a run; accepts the job as a journalled step if it was only offered.
 * @throws FatalError `steward/no-key`.
 */
export async function requireSteward(
  ports: AccountPorts,
  run: Pick<Run, "step" | "key">,
): Promise<Hex> {
  const found = await findSteward(ports);
  if (found === undefined)
    throw new FatalError(
      "steward/no-key",
      "No configured account has the steward's job or was offered it; run this where its key is, or have the DAO offer the job with npx hardhat propose.",
    );
  const { account, accepted } = found;
  if (!accepted)
    await run.step("accept", { account }, async () => {
      const once = { key: run.key("accept") };
      const { hash } = await ports.governance.acceptSteward(account, once);
      return { hash };
    });
  return account;
}
