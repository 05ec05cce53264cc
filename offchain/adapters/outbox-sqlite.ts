import type { DatabaseSync } from "node:sqlite";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, RetryableError } from "../kernel/errors.ts";
import { canonicalJson, type Json } from "../kernel/json.ts";
import type { Outbox, TransactionRecord } from "../loop/journal.ts";

/** What the outbox needs of its journal. */
interface OutboxContext {
  readonly db: DatabaseSync;
  /** Runs its argument in one durable transaction. */
  readonly write: <T>(work: () => T) => T;
  readonly now: () => number;
}

/** One row of `transactions`. */
interface TransactionRow {
  readonly chain: Hex;
  readonly key: string;
  readonly attempt: number;
  readonly sender: Hex;
  readonly nonce: number;
  readonly request: string;
  readonly raw: Hex | null;
  readonly hash: Hex | null;
  readonly earlier: string;
  readonly since: number;
  readonly state: "stored" | "mined" | "displaced";
  readonly created_at: number;
  readonly updated_at: number;
}

/** The outbox part of a journal: one table, and two unique indexes that make double sending impossible. */
export function createOutbox({ db, write, now }: OutboxContext): Outbox {
  const newest = (chain: Hex, key: string): TransactionRow | undefined =>
    db
      .prepare(
        "SELECT * FROM transactions WHERE chain = ? AND key = ? ORDER BY attempt DESC LIMIT 1",
      )
      .get(chain, key) as TransactionRow | undefined;

  return {
    async find(chain, key) {
      const row = newest(chain, key);
      return row === undefined ? undefined : toRecord(row);
    },
    async beginning(chain, prefix) {
      const rows = db
        .prepare(
          "SELECT * FROM transactions WHERE chain = ? AND substr(key, 1, length(?)) = ? ORDER BY created_at, nonce",
        )
        .all(chain, prefix, prefix);
      return (rows as unknown as TransactionRow[]).map(toRecord);
    },
    async live(chain, sender, from) {
      const rows = db
        .prepare(
          "SELECT * FROM transactions WHERE chain = ? AND sender = ? AND nonce >= ? AND state <> 'displaced' ORDER BY nonce",
        )
        .all(chain, sender.toLowerCase(), from);
      return (rows as unknown as TransactionRow[]).map(toRecord);
    },
    async store(transaction) {
      return write(() => {
        const { chain, key, nonce, raw, hash, since } = transaction;
        const sender = transaction.sender.toLowerCase();
        const previous = newest(chain, key);
        if (previous !== undefined && previous.state !== "displaced") {
          throw new FatalError(
            "journal/transaction-exists",
            `Transaction \`${key}\` is stored already; send the stored one.`,
          );
        }
        const taken = db
          .prepare(
            "SELECT key FROM transactions WHERE chain = ? AND sender = ? AND nonce = ? AND state = 'stored'",
          )
          .get(chain, sender, nonce);
        if (taken !== undefined) {
          throw new RetryableError(
            "journal/nonce-taken",
            `Nonce \`${nonce}\` of ${sender} belongs to transaction \`${String(taken["key"])}\`; sign with the next one.`,
          );
        }
        const row = db
          .prepare(
            `INSERT INTO transactions
             (chain, key, attempt, sender, nonce, request, raw, hash, since, state, created_at, updated_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'stored', ?, ?) RETURNING *`,
          )
          .get(
            chain,
            key,
            (previous?.attempt ?? -1) + 1,
            sender,
            nonce,
            canonicalJson(transaction.request),
            raw,
            hash,
            since,
            now(),
            now(),
          );
        return toRecord(row as unknown as TransactionRow);
      });
    },
    async resign(record, { request, raw, hash }) {
      const { chain, key, attempt } = record;
      return write(() => {
        // Whoever signs again first has it; another process's signing is as good as ours.
        db.prepare(
          `UPDATE transactions SET request = ?, raw = ?, hash = ?, earlier = json_insert(earlier, '$[#]', hash), updated_at = ?
           WHERE chain = ? AND key = ? AND attempt = ? AND hash = ?`,
        ).run(
          canonicalJson(request),
          raw,
          hash,
          now(),
          chain,
          key,
          attempt,
          record.hash,
        );
        const row = db
          .prepare(
            "SELECT * FROM transactions WHERE chain = ? AND key = ? AND attempt = ?",
          )
          .get(chain, key, attempt);
        return toRecord(row as unknown as TransactionRow);
      });
    },
    async settle({ chain, key, attempt }, state, hash) {
      write(() =>
        db
          .prepare(
            "UPDATE transactions SET state = ?, hash = coalesce(hash, ?), updated_at = ? WHERE chain = ? AND key = ? AND attempt = ?",
          )
          .run(state, hash ?? null, now(), chain, key, attempt),
      );
    },
  };
}

function toRecord(row: TransactionRow): TransactionRecord {
  const { created_at, updated_at, request, earlier, ...rest } = row;
  return {
    ...rest,
    request: JSON.parse(request) as Json,
    earlier: JSON.parse(earlier) as Hex[],
    createdAt: created_at,
    updatedAt: updated_at,
  };
}
