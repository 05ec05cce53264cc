import { ZeroAddress } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type { BookFacts } from "../loop/ports-deployment.ts";
import { BOOK } from "./chain-abi-deployment.ts";
import type { Call } from "./chain-call.ts";
import { safe } from "./chain-events.ts";
import { ROLES, STEWARD_ROLE } from "./chain-jobs.ts";
import { readRoles } from "./chain-roles.ts";
import type { Rpc } from "./rpc.ts";

/** Who has which job: what events since the deployment tell, and what the registry's views say of everybody whom they name. */
export async function readBook(
  { rpc, call }: { readonly rpc: Rpc; readonly call: Call },
  {
    registry,
    fromBlock,
    accounts,
  }: {
    readonly registry: Hex;
    readonly fromBlock: number;
    readonly accounts: readonly Hex[];
  },
): Promise<BookFacts> {
  const ask = (name: string) =>
    call({ address: registry, abi: BOOK }, name, []);
  const { holders, byEvents, those } = await readRoles(
    { rpc, call },
    {
      address: registry,
      ids: { ...ROLES, steward: STEWARD_ROLE },
      fromBlock,
      accounts,
    },
  );
  const [pendingAdmin] = await ask("pendingDefaultAdmin");
  const [pendingDelay, schedule] = await ask("pendingDefaultAdminDelay");
  return {
    holders,
    byEvents,
    offers: await those("isOffered"),
    admin: lower((await ask("defaultAdmin"))[0]),
    adminDelay: safe((await ask("defaultAdminDelay"))[0]),
    pendingAdmin:
      pendingAdmin === ZeroAddress ? undefined : lower(pendingAdmin),
    pendingDelay: safe(schedule) === 0 ? undefined : safe(pendingDelay),
  };
}

function lower(value: unknown): Hex {
  return String(value).toLowerCase() as Hex;
}
