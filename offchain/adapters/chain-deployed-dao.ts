import { id, ZeroAddress, ZeroHash } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { SLOTS } from "../kernel/slots.ts";
import type { DaoFacts } from "../loop/ports-deployment.ts";
import type { DaoAddresses } from "../loop/ports-governance.ts";
import { DAO_SETTINGS } from "./chain-abi-deployment.ts";
import type { Call } from "./chain-call.ts";
import { safe } from "./chain-events.ts";
import { readRoles } from "./chain-roles.ts";
import type { Rpc } from "./rpc.ts";

/** The roles of OpenZeppelin's TimelockController. */
const TIMELOCK_IDS = {
  admin: ZeroHash as Hex,
  proposer: id("PROPOSER_ROLE") as Hex,
  canceller: id("CANCELLER_ROLE") as Hex,
  executor: id("EXECUTOR_ROLE") as Hex,
};

/** What a DAO's contracts tell; a role of the zero address there would be everybody's. */
export async function readDao(
  { rpc, call }: { readonly rpc: Rpc; readonly call: Call },
  {
    dao,
    fromBlock,
    accounts,
  }: {
    readonly dao: DaoAddresses;
    readonly fromBlock: number;
    readonly accounts: readonly Hex[];
  },
): Promise<DaoFacts> {
  const { holders, byEvents } = await readRoles(
    { rpc, call },
    {
      address: dao.timelock,
      ids: TIMELOCK_IDS,
      fromBlock,
      accounts: [...accounts, ...Object.values(dao), ZeroAddress as Hex],
    },
  );
  const ask = async (
    name: keyof DaoAddresses,
    view: string,
    args: readonly unknown[] = [],
  ): Promise<unknown> => {
    const contract = { address: dao[name], abi: DAO_SETTINGS[name] };
    return (await call(contract, view, args))[0] as unknown;
  };
  const address = async (
    name: keyof DaoAddresses,
    view: string,
  ): Promise<Hex> => String(await ask(name, view)).toLowerCase() as Hex;
  return {
    holders,
    byEvents,
    timelockGovernor: await address("timelock", "governor"),
    governorTimelock: await address("governor", "timelock"),
    governorVotes: await address("governor", "token"),
    governorCollection: await address("governor", "COLLECTION"),
    votesCollection: await address("votes", "underlying"),
    controllerCollection: await address("controller", "COLLECTION"),
    controllerRegistry: await address("controller", "REGISTRY"),
    seatOwner: await address("registrarSeat", "OWNER"),
    seatRegistry: await address("registrarSeat", "REGISTRY"),
    royalty: {
      receiver: await address("controller", "royaltyReceiver"),
      bps: safe(await ask("controller", "valueOf", [SLOTS.indexOf("royalty")])),
    },
  };
}
