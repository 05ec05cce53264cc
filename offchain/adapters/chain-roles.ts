import type { Hex } from "../kernel/bytes.ts";
import type { RoleEntry, RoleName } from "../loop/ports-deployment.ts";
import { BOOK } from "./chain-abi-deployment.ts";
import type { Call } from "./chain-call.ts";
import { readLogs, type Log } from "./chain-events.ts";
import { quantity, type Rpc } from "./rpc.ts";

/** Ids of the roles that have a name. */
export type RoleIds = Readonly<Partial<Record<RoleName, Hex>>>;

/** Who has which role of one contract. */
export interface Roles {
  /** By its views, of everybody who was ever named and of the accounts asked about. */
  readonly holders: readonly RoleEntry[];
  readonly byEvents: readonly RoleEntry[];
  /** Those of these roles and all of these accounts for which another view says yes. */
  readonly those: (view: string) => Promise<readonly RoleEntry[]>;
}

const EVENTS = ["RoleGranted", "RoleRevoked", "RoleOffered"] as const;
const TOPICS = EVENTS.map((name) => BOOK.getEvent(name)?.topicHash ?? "");
const [GRANTED, REVOKED] = TOPICS;

/** What events since the deployment tell of a contract's roles (OpenZeppelin's AccessControl), and what its views say of everybody named. */
export async function readRoles(
  { rpc, call }: { readonly rpc: Rpc; readonly call: Call },
  {
    address,
    ids,
    fromBlock,
    accounts,
  }: {
    readonly address: Hex;
    readonly ids: RoleIds;
    readonly fromBlock: number;
    readonly accounts: readonly Hex[];
  },
): Promise<Roles> {
  const logs = await readLogs(rpc, {
    address,
    topics: [TOPICS],
    from: fromBlock,
    to: await rpc.ask("eth_blockNumber", [], quantity),
  });
  const names = new Map(
    Object.entries(ids).map(([name, id]) => [id, name as RoleName]),
  );
  const told = replay(logs, (id) => names.get(id) ?? id);
  const named = new Set([
    ...accounts.map((account) => account.toLowerCase() as Hex),
    ...logs.map(({ topics: [, , account] }) => addressIn(account)),
  ]);
  const roles = new Set([
    ...names.values(),
    ...[...told.offered, ...told.granted].map(({ role }) => role),
  ]);
  const asked = [...roles].flatMap((role) =>
    [...named].map((account): RoleEntry => ({ role, account })),
  );
  const those = async (view: string): Promise<readonly RoleEntry[]> => {
    const answers = await Promise.all(
      asked.map(({ role, account }) =>
        call({ address, abi: BOOK }, view, [ids[role] ?? role, account]),
      ),
    );
    return asked.filter((_, i) => answers[i]?.[0] === true);
  };
  return {
    holders: await those("hasRole"),
    byEvents: told.granted,
    those,
  };
}

/** What is left after all grants and withdrawals, in order. */
function replay(
  logs: readonly Log[],
  nameOf: (id: Hex) => RoleName,
): {
  readonly granted: readonly RoleEntry[];
  readonly offered: readonly RoleEntry[];
} {
  const granted = new Map<string, RoleEntry>();
  const offered: RoleEntry[] = [];
  for (const { topics } of logs) {
    const [event, role = "0x", account] = topics;
    const entry = { role: nameOf(role), account: addressIn(account) };
    const key = `${role}${entry.account}`;
    if (event === GRANTED) granted.set(key, entry);
    else if (event === REVOKED) granted.delete(key);
    else offered.push(entry);
  }
  return { granted: [...granted.values()], offered };
}

function addressIn(topic: string | undefined): Hex {
  return `0x${topic?.slice(-40) ?? ""}`;
}
