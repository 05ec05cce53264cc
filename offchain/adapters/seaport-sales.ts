import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { OwnSale } from "../market/reading.ts";
import { topicOf } from "./chain-events.ts";
import {
  dealIn,
  ORDER_FULFILLED,
  type Deal,
  type ReceiptLog,
} from "./seaport-orders.ts";

/** Orders that are no sale, by why: counted, so that nobody takes silence for completeness. */
export interface LeftOut {
  /** Several works, or other goods, for one price. */
  bundles: number;
  /** Paid in what is neither the chain's coin nor its wrapped form. */
  otherCurrencies: number;
  /** The collection tells no move of the work that fits. */
  unconfirmed: number;
  /** Nothing was paid. */
  gifts: number;
}

interface Move {
  readonly from: string;
  readonly to: string;
  readonly token: string;
  /** By side, since two matched orders tell the same move. */
  readonly deals: Partial<Record<Deal["side"], Deal>>;
}

/**
 * The sales that the logs of one transaction tell; what is none of one work is counted. Who sold and who bought is what the
 * collection says, and one move of a work is one sale.
 * @throws FatalError `market/bad-order`.
 */
export function salesIn(
  logs: readonly ReceiptLog[],
  market: {
    readonly collection: Hex;
    readonly wrapped: readonly Hex[];
    readonly seaports: readonly Hex[];
  },
  leftOut: LeftOut,
): Omit<OwnSale, "time">[] {
  const moves = logs.flatMap((log) => toMove(log, market.collection));
  for (const log of logs) {
    if (!market.seaports.includes(log.address)) continue;
    if (log.topics[0] !== ORDER_FULFILLED) continue;
    const deal = read(log, market);
    if (deal === undefined) continue;
    if (deal === "bundle") leftOut.bundles++;
    else if (deal === "other-currency") leftOut.otherCurrencies++;
    else {
      const { side, token, who } = deal;
      const move = moves.find(
        (one) =>
          one.token === token &&
          one.deals[side] === undefined &&
          (side === "listing" ? one.from : one.to) === who,
      );
      if (move === undefined) leftOut.unconfirmed++;
      else move.deals[side] = deal;
    }
  }
  return moves.flatMap(({ from, to, token, deals: { listing, bid } }) => {
    if (listing === undefined && bid === undefined) return [];
    // What is left between two matched orders is the buyer's loss and not the seller's gain: the larger was paid.
    const [asked, offered] = [listing?.price ?? 0n, bid?.price ?? 0n];
    const price = asked > offered ? asked : offered;
    if (price > 0n) return [{ price, buyer: to, seller: from, token }];
    leftOut.gifts++;
    return [];
  });
}

function read(
  log: ReceiptLog,
  market: Parameters<typeof dealIn>[1],
): ReturnType<typeof dealIn> {
  try {
    return dealIn(log, market);
  } catch (cause) {
    throw new FatalError(
      "market/bad-order",
      `The order in a log of \`${log.address}\` cannot be read; name only Seaport 1.5 or 1.6, or use another node.`,
      { cause },
    );
  }
}

function toMove({ address, topics }: ReceiptLog, collection: Hex): Move[] {
  const [topic, from = "", to = "", token] = topics;
  if (address !== collection || topic !== topicOf("Transfer")) return [];
  if (token === undefined) return [];
  return [
    {
      from: `0x${from.slice(-40)}`,
      to: `0x${to.slice(-40)}`,
      token: BigInt(token).toString(),
      deals: {},
    },
  ];
}
