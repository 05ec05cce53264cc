import { ZeroAddress } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { JOBS, type Job } from "../loop/chain.ts";
import type { BookFacts } from "../loop/ports-deployment.ts";
import { BOOK } from "./chain-abi-deployment.ts";
import type { Call } from "./chain-call.ts";
import { readLogs, safe, type Log } from "./chain-events.ts";
import { ROLES } from "./chain-jobs.ts";
import { quantity, type Rpc } from "./rpc.ts";

/** A role and an account. */
interface Entry {
  readonly role: Job | Hex;
  readonly account: Hex;
}

const EVENTS = ["RoleGranted", "RoleRevoked", "RoleOffered"] as const;

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
  const contract = { address: registry, abi: BOOK };
  const ask = (name: string, args: readonly unknown[] = []) =>
    call(contract, name, args);
  const topics = EVENTS.map((name) => BOOK.getEvent(name)?.topicHash ?? "");
  const logs = await readLogs(rpc, {
    address: registry,
    topics: [topics],
    from: fromBlock,
    to: await rpc.ask("eth_blockNumber", [], quantity),
  });

  const told = replay(logs, topics);
  const named = new Set([
    ...accounts.map((account) => account.toLowerCase() as Hex),
    ...logs.map(({ topics: [, , account] }) => addressIn(account)),
  ]);
  const roles = new Set([...JOBS, ...told.offered.map(({ role }) => role)]);
  for (const { role } of told.granted) roles.add(role);
  const asked = [...roles].flatMap((role) =>
    [...named].map((account): Entry => ({ role, account })),
  );
  const those = async (view: string, entries: readonly Entry[]) => {
    const answers = await Promise.all(
      entries.map(({ role, account }) => ask(view, [idOf(role), account])),
    );
    return entries.filter((_, i) => answers[i]?.[0] === true);
  };
  const [pendingAdmin] = await ask("pendingDefaultAdmin");
  const [pendingDelay, schedule] = await ask("pendingDefaultAdminDelay");
  return {
    holders: await those("hasRole", asked),
    byEvents: told.granted,
    offers: await those("isOffered", asked),
    admin: lower((await ask("defaultAdmin"))[0]),
    adminDelay: safe((await ask("defaultAdminDelay"))[0]),
    pendingAdmin:
      pendingAdmin === ZeroAddress ? undefined : lower(pendingAdmin),
    pendingDelay: safe(schedule) === 0 ? undefined : safe(pendingDelay),
  };
}

/** What is left after all grants and withdrawals, in order. */
function replay(
  logs: readonly Log[],
  [grantedTopic, revokedTopic]: readonly string[],
): { readonly granted: readonly Entry[]; readonly offered: readonly Entry[] } {
  const granted = new Map<string, Entry>();
  const offered: Entry[] = [];
  for (const { topics } of logs) {
    const [event, role = "0x", account] = topics;
    const entry = { role: jobOf(role), account: addressIn(account) };
    const key = `${role}${entry.account}`;
    if (event === grantedTopic) granted.set(key, entry);
    else if (event === revokedTopic) granted.delete(key);
    else offered.push(entry);
  }
  return { granted: [...granted.values()], offered };
}

function jobOf(role: Hex): Job | Hex {
  return JOBS.find((job) => ROLES[job] === role) ?? role;
}

function idOf(role: Job | Hex): Hex {
  return role in ROLES ? ROLES[role as Job] : (role as Hex);
}

function addressIn(topic: string | undefined): Hex {
  return `0x${topic?.slice(-40) ?? ""}`;
}

function lower(value: unknown): Hex {
  return String(value).toLowerCase() as Hex;
}
