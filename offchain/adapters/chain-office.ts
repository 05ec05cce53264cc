import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Job } from "../loop/chain.ts";
import { BOOK } from "./chain-abi-deployment.ts";
import type { Call } from "./chain-call.ts";
import { RefusedError } from "./chain-errors.ts";
import { readLogs } from "./chain-events.ts";
import { ROLES } from "./chain-jobs.ts";
import type { Send } from "./chain-send.ts";
import { hexData, quantity, type Rpc } from "./rpc.ts";

/** The book of jobs of one deployment. */
export interface BookContext {
  readonly rpc: Rpc;
  readonly call: Call;
  readonly registry: Hex;
  readonly fromBlock: number;
}

/** Whom an event of the book ever named for a role, in chain order, as long as the view still says yes. */
export async function namedIn(
  { rpc, call, registry, fromBlock }: BookContext,
  role: Hex,
  [event, view]: readonly [
    "RoleGranted" | "RoleOffered",
    "hasRole" | "isOffered",
  ],
): Promise<Hex[]> {
  const told = await readLogs(rpc, {
    address: registry,
    topics: [BOOK.getEvent(event)?.topicHash ?? "", role],
    from: fromBlock,
    to: await rpc.ask("eth_blockNumber", [], quantity),
  });
  const accounts = new Set(
    told.map(({ topics }): Hex => `0x${topics[2]?.slice(-40) ?? ""}`),
  );
  const standing: Hex[] = [];
  for (const account of accounts) {
    const book = { address: registry, abi: BOOK };
    const [yes] = await call(book, view, [role, account]);
    if (yes === true) standing.push(account);
  }
  return standing;
}

/** Code of an account that lends itself to a contract (EIP-7702): it still signs for itself. */
const DELEGATED = /^0xef0100[0-9a-f]{40}$/;

/** Whether an account is a contract, so that nobody signs for it. */
export async function isContract(rpc: Rpc, account: Hex): Promise<boolean> {
  const code = await rpc.ask("eth_getCode", [account, "latest"], hexData);
  return code !== "0x" && !DELEGATED.test(code);
}

/** A {@link Send} that says so where a job is done by a contract, whose keys nobody has: FatalError `dao/decides`. */
export function explainOffices(send: Send, context: BookContext): Send {
  const officeOf = async (jobs: readonly Job[]) => {
    for (const job of jobs)
      for (const account of await namedIn(context, ROLES[job], [
        "RoleGranted",
        "hasRole",
      ]))
        if (await isContract(context.rpc, account)) return { job, account };
    return undefined;
  };
  return async (signer, target, name, args, once) => {
    try {
      return await send(signer, target, name, args, once);
    } catch (error) {
      const unauthorized =
        error instanceof RefusedError &&
        error.reason === "AccessControlUnauthorizedAccount";
      if (!unauthorized || signer === "anybody" || !("jobs" in signer))
        throw error;
      const office = await officeOf(signer.jobs);
      if (office === undefined) throw error;
      throw new FatalError(
        "dao/decides",
        `\`${name}\` is for the DAO to decide: the contract \`${office.account}\` does the job of the ${office.job}; propose it with npx hardhat propose.`,
        { cause: error },
      );
    }
  };
}
