import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError, RetryableError } from "../../offchain/kernel/errors.ts";
import type { Json } from "../../offchain/kernel/json.ts";
import {
  hashInput,
  noPoint,
  type Journal,
  type Point,
  type Run,
  type RunRecord,
  type StepRecord,
  type TransactionRecord,
} from "../../offchain/loop/journal.ts";

/** What outlives a journal in memory: open it a second time to play a process that died. */
export interface MemoryStore {
  readonly runs: (RunRecord & { readonly fence: number })[];
  /** Steps by run id, in the order of their first start. */
  readonly steps: Map<number, StepRecord[]>;
  readonly transactions: TransactionRecord[];
}

/** An empty store. */
export function createMemoryStore(): MemoryStore {
  return { runs: [], steps: new Map(), transactions: [] };
}

/** A journal in memory: the second implementation of the port. It knows fences but no processes, so no run is ever busy. */
export function openMemoryJournal({
  store = createMemoryStore(),
  point = noPoint,
  now = () => 0,
}: {
  readonly store?: MemoryStore;
  readonly point?: Point;
  readonly now?: () => number;
} = {}): Journal {
  const { runs, steps, transactions } = store;

  const update = (
    id: number,
    change: Partial<MemoryStore["runs"][0]>,
  ): void => {
    const at = runs.findIndex((run) => run.id === id);
    const run = runs[at];
    if (run !== undefined) runs[at] = { ...run, ...change, updatedAt: now() };
  };
  const take = (id: number, resumed: boolean): Run => {
    const record = runs.find((run) => run.id === id);
    if (record === undefined) throw new RangeError(`run ${id}`);
    const fence = record.fence + 1;
    update(id, { fence });
    const requireHeld = (): void => {
      const current = runs.find((run) => run.id === id);
      if (current?.fence === fence && current.state === "open") return;
      throw new FatalError("journal/lease-lost", `Run \`${id}\` is elsewhere.`);
    };
    const mine = steps.get(id) ?? [];
    steps.set(id, mine);
    return {
      ...visible(record),
      resumed,
      key: (name) => `${record.kind}-${id}/${name}`,
      async step<T>(key: string, input: Json, work: () => Promise<T>) {
        requireHeld();
        const inputHash = hashInput(input);
        const at = mine.findIndex((step) => step.key === key);
        const old = mine[at];
        if (old !== undefined && old.inputHash !== inputHash)
          throw new FatalError("journal/step-changed", `Step \`${key}\`.`);
        if (old?.state === "done") return structuredClone(old.result) as T;
        const begun: StepRecord = {
          key,
          inputHash,
          state: "started",
          attempts: (old?.attempts ?? 0) + 1,
          result: null,
          createdAt: old?.createdAt ?? now(),
          updatedAt: now(),
        };
        const position = old === undefined ? mine.length : at;
        mine[position] = begun;
        point(`${key}/begun`);
        const result = toJson(key, await work());
        point(`${key}/worked`);
        requireHeld();
        mine[position] = { ...begun, state: "done", result, updatedAt: now() };
        point(`${key}/stored`);
        return structuredClone(result) as T;
      },
      async finish() {
        requireHeld();
        update(id, { state: "finished" });
        point("run/finished");
      },
      async abort(reason) {
        requireHeld();
        update(id, { state: "aborted", reason });
        point("run/aborted");
      },
      release: () => Promise.resolve(),
    };
  };

  const newest = (chain: Hex, key: string): TransactionRecord | undefined =>
    transactions.findLast((one) => one.chain === chain && one.key === key);
  const isPending = (
    one: TransactionRecord,
    chain: Hex,
    sender: Hex,
  ): boolean =>
    one.chain === chain &&
    one.sender === sender.toLowerCase() &&
    one.state === "stored";

  const find = ({
    chain,
    key,
    attempt,
  }: Pick<TransactionRecord, "chain" | "key" | "attempt">): number =>
    transactions.findIndex(
      (one) =>
        one.chain === chain && one.key === key && one.attempt === attempt,
    );

  return {
    async run(request) {
      const inputHash = hashInput(request.input);
      const open = runs.find(
        (run) =>
          run.state === "open" &&
          run.instance === request.instance &&
          run.kind === request.kind &&
          run.inputHash === inputHash,
      );
      if (open !== undefined) return take(open.id, true);
      const id = runs.length + 1;
      const times = { createdAt: now(), updatedAt: now() };
      const state = { state: "open", reason: null, fence: 0 } as const;
      runs.push({ id, ...request, inputHash, ...state, ...times });
      return take(id, false);
    },
    async resume(id) {
      const open = runs.find((run) => run.id === id && run.state === "open");
      if (open === undefined)
        throw new FatalError("journal/no-such-run", `No open run \`${id}\`.`);
      return take(id, true);
    },
    openRuns: (instance) =>
      Promise.resolve(
        runs
          .filter((run) => run.state === "open" && run.instance === instance)
          .map(visible),
      ),
    allRuns: (instance) =>
      Promise.resolve(
        runs.filter((run) => run.instance === instance).map(visible),
      ),
    stepsOf: (id) => Promise.resolve([...(steps.get(id) ?? [])]),
    find: (chain, key) => Promise.resolve(newest(chain, key)),
    beginning: (chain, prefix) =>
      Promise.resolve(
        transactions.filter(
          (one) => one.chain === chain && one.key.startsWith(prefix),
        ),
      ),
    live: (chain, sender, from) =>
      Promise.resolve(
        transactions
          .filter(
            (one) =>
              one.chain === chain &&
              one.sender === sender.toLowerCase() &&
              one.nonce >= from &&
              one.state !== "displaced",
          )
          .sort((a, b) => a.nonce - b.nonce),
      ),
    async store(transaction) {
      const { chain, key, nonce } = transaction;
      const sender = transaction.sender.toLowerCase() as Hex;
      const previous = newest(chain, key);
      if (previous !== undefined && previous.state !== "displaced")
        throw new FatalError("journal/transaction-exists", `\`${key}\`.`);
      if (
        transactions.some(
          (one) => isPending(one, chain, sender) && one.nonce === nonce,
        )
      )
        throw new RetryableError("journal/nonce-taken", `Nonce \`${nonce}\`.`);
      const record: TransactionRecord = {
        ...transaction,
        sender,
        attempt: (previous?.attempt ?? -1) + 1,
        earlier: [],
        state: "stored",
        createdAt: now(),
        updatedAt: now(),
      };
      transactions.push(record);
      return record;
    },
    async resign(record, signing) {
      const at = find(record);
      const old = transactions[at];
      if (old === undefined) throw new RangeError(record.key);
      if (old.hash === null || old.hash !== record.hash) return old;
      const earlier = [...old.earlier, old.hash];
      return (transactions[at] = {
        ...old,
        ...signing,
        earlier,
        updatedAt: now(),
      });
    },
    async settle(record, state, hash) {
      const at = find(record);
      const old = transactions[at];
      if (old !== undefined)
        transactions[at] = {
          ...old,
          state,
          hash: old.hash ?? hash ?? null,
          updatedAt: now(),
        };
    },
    close: () => Promise.resolve(),
  };
}

/** A run as the port shows it. */
function visible({
  fence: _fence,
  ...record
}: MemoryStore["runs"][0]): RunRecord {
  return record;
}

function toJson(key: string, result: unknown): Json {
  try {
    return JSON.parse(JSON.stringify(result ?? null)) as Json;
  } catch (cause) {
    throw new FatalError("journal/not-json", `Step \`${key}\`.`, { cause });
  }
}
