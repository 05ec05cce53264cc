import type { LogDescription } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type {
  ForgedEvent,
  OpenedEvent,
  SealedEvent,
  Transfer,
} from "../loop/chain.ts";
import { COLLECTION } from "./chain-abi.ts";
import { hexData, quantity, refusalOf, type Rpc } from "./rpc.ts";

const logSchema = z.object({
  topics: z.array(hexData),
  data: hexData,
  blockNumber: quantity,
  logIndex: quantity,
  transactionHash: hexData,
});

/** One log, wherever it was read. */
export type Log = z.infer<typeof logSchema>;

/** Spans below this are not halved again: a node that refuses them refuses for another reason. */
const LEAST_SPAN = 500;

/** What to look for: the contract, the event's topics, and the blocks, both inclusive. */
export interface LogQuery {
  readonly address: Hex;
  readonly topics: readonly (string | null | readonly string[])[];
  readonly from: number;
  readonly to: number;
}

/** All logs of a query in chain order. Nodes limit how much one question may span: a refused span is halved. */
export async function readLogs(
  rpc: Rpc,
  query: LogQuery,
): Promise<readonly Log[]> {
  const { address, topics, from, to } = query;
  if (from > to) return [];
  try {
    const filter = {
      address,
      topics,
      fromBlock: `0x${from.toString(16)}`,
      toBlock: `0x${to.toString(16)}`,
    };
    return await rpc.ask("eth_getLogs", [filter], z.array(logSchema));
  } catch (error) {
    if (refusalOf(error) === undefined || to - from < LEAST_SPAN) throw error;
    const middle = Math.floor((from + to) / 2);
    return [
      ...(await readLogs(rpc, { ...query, to: middle })),
      ...(await readLogs(rpc, { ...query, from: middle + 1 })),
    ];
  }
}

/** First topic of an event of the collection. */
export function topicOf(
  event:
    | "Opened"
    | "Sealed"
    | "Abandoned"
    | "Forged"
    | "Transfer"
    | "Evolved"
    | "OracleChanged"
    | "Attuned"
    | "TokenUriPinned"
    | "TokenUriUnpinned",
): string {
  return COLLECTION.getEvent(event)?.topicHash ?? "";
}

/** An `Opened` log, decoded. */
export function toOpened(log: Log): OpenedEvent {
  const { args } = parse(log);
  return {
    batch: safe(args["batch"]),
    recipe: args["recipe"] as Hex,
    to: args["to"] as Hex,
    count: safe(args["count"]),
    conditions: args["conditions"] as Hex,
    ...placeOf(log),
  };
}

/** A `Sealed` log, decoded. */
export function toSealed(log: Log): SealedEvent {
  const { args } = parse(log);
  return {
    batch: safe(args["batch"]),
    recipe: args["recipe"] as Hex,
    root: args["root"] as Hex,
    blockHash: args["blockHash"] as Hex,
    ordinal: safe(args["ordinal"]),
    ...placeOf(log),
  };
}

/** A `Forged` log, decoded. */
export function toForged(log: Log): ForgedEvent {
  const { args } = parse(log);
  return {
    child: safe(args["child"]),
    holder: args["holder"] as Hex,
    generation: safe(args["generation"]),
    parents: [...(args["parents"] as bigint[])].map(String),
  };
}

/** A `Transfer` log: three topics, taken as they are because a collection has very many. */
export function toTransfer({ topics, blockNumber }: Log): Transfer {
  const [, from = "0x", to = "0x", token = "0x0"] = topics;
  return {
    from: `0x${from.slice(-40)}`,
    to: `0x${to.slice(-40)}`,
    token: BigInt(token).toString(),
    block: blockNumber,
  };
}

/** A uint256 that is small by the contract's own rules. */
export function safe(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${String(value)} is not a safe integer`);
  return number;
}

function parse(log: Log): LogDescription {
  const parsed = COLLECTION.parseLog({ ...log, topics: [...log.topics] });
  if (parsed === null) throw new TypeError("a log of another event");
  return parsed;
}

function placeOf(
  log: Log,
): Pick<OpenedEvent, "block" | "logIndex" | "transaction"> {
  return {
    block: log.blockNumber,
    logIndex: log.logIndex,
    transaction: log.transactionHash,
  };
}
