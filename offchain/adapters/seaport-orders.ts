import { Interface, type Result } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { hexData } from "./rpc.ts";

/** The event by which Seaport 1.5 and 1.6 tell a fulfilled order. */
export const SEAPORT = new Interface([
  "event OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, tuple(uint8 itemType, address token, uint256 identifier, uint256 amount)[] offer, tuple(uint8 itemType, address token, uint256 identifier, uint256 amount, address recipient)[] consideration)",
]);

/** Its first topic. */
export const ORDER_FULFILLED =
  "0x9d9af8e38d66c62e2c12f0225249fd9d721c54b83f48d9352c97c6cacdcb6f31";

/** What a log must have to be read here. */
export interface ReceiptLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** One work for one price, as an order says it: its owner listed it, or somebody bid for it and the owner accepted. */
export interface Deal {
  readonly side: "listing" | "bid";
  readonly token: string;
  /** Listing: who sold. Bid: who gets the work. Lower case. */
  readonly who: string;
  /** What the buyer paid in all: price, fees, royalty. */
  readonly price: bigint;
}

const itemSchema = z.object({
  itemType: z.bigint(),
  token: hexData,
  identifier: z.bigint(),
  amount: z.bigint(),
  recipient: hexData.optional(),
});
type Item = z.infer<typeof itemSchema>;

/** `ItemType` of Seaport: the chain's coin, a fungible token, a work. Criteria are resolved before the event. */
const COIN = 0n;
const FUNGIBLE = 1n;
const WORK = 2n;

/**
 * What an order says of the collection: a deal; why it is none that tells the price of one work; undefined if it is not about the
 * collection at all.
 * @param wrapped the chain's coin as a token; the coin itself always is money.
 */
export function dealIn(
  log: ReceiptLog,
  { collection, wrapped }: { collection: Hex; wrapped: readonly Hex[] },
): Deal | "bundle" | "other-currency" | undefined {
  const { offerer, offer, consideration } = toOrder(log);
  const isWork = ({ token }: Item): boolean => token === collection;
  const listed = offer.some(isWork);
  const work = (listed ? offer : consideration).find(isWork);
  if (work === undefined) return undefined;

  // A listing for one buyer asks for the work itself beside the price, to be sent to that buyer.
  const isSame = (item: Item): boolean =>
    isWork(item) &&
    item.itemType === WORK &&
    item.identifier === work.identifier;
  const goods = [...offer, ...consideration].filter(isGood);
  const alone = listed ? offer.length === 1 : true;
  if (!goods.every(isSame) || !isSame(work) || !alone) return "bundle";

  const isMoney = ({ itemType, token }: Item): boolean =>
    itemType === COIN || (itemType === FUNGIBLE && wrapped.includes(token));
  if (![...offer, ...consideration].every((i) => isSame(i) || isMoney(i)))
    return "other-currency";

  // Fees of a bid come out of what is offered, those of a listing stand beside the price.
  const paid = listed ? consideration.filter((item) => !isSame(item)) : offer;
  return {
    side: listed ? "listing" : "bid",
    token: work.identifier.toString(),
    who: listed ? offerer : (work.recipient ?? offerer),
    price: paid.reduce((sum, { amount }) => sum + amount, 0n),
  };
}

function isGood({ itemType }: Item): boolean {
  return itemType !== COIN && itemType !== FUNGIBLE;
}

function toOrder({ topics, data }: ReceiptLog): {
  offerer: string;
  offer: Item[];
  consideration: Item[];
} {
  const parsed = SEAPORT.parseLog({ topics: [...topics], data });
  if (parsed === null) throw new TypeError("a log of another event");
  const items = (name: string): Item[] =>
    (parsed.args[name] as Result[]).map((item) =>
      itemSchema.parse(item.toObject()),
    );
  return {
    offerer: String(parsed.args["offerer"]).toLowerCase(),
    offer: items("offer"),
    consideration: items("consideration"),
  };
}
