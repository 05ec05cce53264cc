import { toBeHex, type LogDescription } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type { AttunedEvent, PinEvent, RoundEvent } from "../loop/chain.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { COLLECTION } from "./chain-abi.ts";
import { safe, topicOf, type Log } from "./chain-events.ts";

/** Where a log lies in the chain. */
export interface Place {
  readonly block: number;
  readonly logIndex: number;
}

/** An oracle, and from where to where the collection named it; `to` is open for the one it names now. */
export interface Reign {
  readonly oracle: Hex;
  readonly from: Place;
  readonly to: Place | undefined;
}

/** First topic of the one event that oracles have in common. */
export const ROUND_ACCEPTED = ORACLE.getEvent("RoundAccepted")?.topicHash ?? "";

/** The reigns that `OracleChanged` logs tell, in chain order. */
export function reignsOf(changes: readonly Log[]): readonly Reign[] {
  return changes
    .map((log, i) => {
      const next = changes[i + 1];
      const oracle: Hex = `0x${(log.topics[2] ?? "").slice(-40)}`;
      return {
        oracle,
        from: placeOf(log),
        to: next === undefined ? undefined : placeOf(next),
      };
    })
    .filter(({ oracle }) => BigInt(oracle) !== 0n);
}

/** Whether a place lies within a reign. */
export function reigned({ from, to }: Reign, place: Place): boolean {
  return isBefore(from, place) && (to === undefined || isBefore(place, to));
}

/** A `RoundAccepted` log, decoded. */
export function toRound(log: Log): RoundEvent {
  const { args } = parse(ORACLE.parseLog(mutable(log)));
  return {
    round: safe(args["round"]),
    observation: args["observation"] as Hex,
    adapter: String(args["adapter"]).toLowerCase() as Hex,
    seals: safe(args["seals"]),
    ...placeOf(log),
  };
}

/** An `Attuned` log, decoded. */
export function toAttuned(log: Log): AttunedEvent {
  const { args } = parse(COLLECTION.parseLog(mutable(log)));
  return {
    token: String(args["tokenId"]),
    attunement: toBeHex(args["attunement"] as bigint, 32) as Hex,
    ...placeOf(log),
  };
}

/** A `TokenUriPinned` or `TokenUriUnpinned` log, decoded. */
export function toPin(log: Log): PinEvent {
  const { args } = parse(COLLECTION.parseLog(mutable(log)));
  const pinned = log.topics[0] === topicOf("TokenUriPinned");
  return {
    token: String(args["tokenId"]),
    epoch: pinned ? safe(args["index"]) : undefined,
    ...placeOf(log),
  };
}

function isBefore(a: Place, b: Place): boolean {
  return a.block < b.block || (a.block === b.block && a.logIndex < b.logIndex);
}

function placeOf({ blockNumber, logIndex }: Log): Place {
  return { block: blockNumber, logIndex };
}

function mutable(log: Log): { topics: string[]; data: string } {
  return { topics: [...log.topics], data: log.data };
}

function parse(parsed: LogDescription | null): LogDescription {
  if (parsed === null) throw new TypeError("a log of another event");
  return parsed;
}
