import { require } from "../requires.ts";
import { DAY, writeMarket } from "./market.ts";
import type { Sale, Shop } from "./shop.ts";
import { ACCOUNTS, type Town } from "./town.ts";

/** What the chapters share. */
export interface Tale {
  readonly town: Town;
  readonly shop: Shop;
  /** Works that are not wrapped. */
  readonly traded: readonly string[];
  /** Sales so far of what is traded. */
  sold: number;
  /** What the steward asked the DAO. */
  asked?: string;
}

/** What the chapters read of the commands' documents. */
interface Slot {
  readonly slot: string;
  readonly value: number;
  readonly limits: { readonly high: number; readonly step: number };
}
export interface Look {
  readonly decision: {
    readonly kind: string;
    readonly why: string;
    readonly slot: string;
    readonly from: number;
    readonly to: number;
  };
  readonly outcome: {
    readonly kind: string;
    readonly cid?: string;
    readonly id?: string;
  };
}

/** Wei of every sale. */
export const PRICE = 10n ** 17n;
/** Days of the wild market; on the last of them the steward looks. */
export const WILD = 5;
/** Works sell twice as often from this day on. */
const BUSY = 18;

/** A day of the town: trade, and a round of the market. */
export async function live(tale: Tale, day: number): Promise<void> {
  const { town } = tale;
  await town.pass(DAY);
  for (let i = day < BUSY ? 1 : 0; i < 2; i++) await sell(tale);
  const market = await writeMarket(town, { days: day, wild: WILD });
  await town.type("-", "observe-market", "--market", market);
}

/** The next work goes to the next wallet, and never back to one that sold it: such sales would not count. */
export async function sell(tale: Tale): Promise<Sale> {
  const { town, shop, traded, sold } = tale;
  tale.sold++;
  const token = traded[sold % traded.length]!;
  const wallets = [ACCOUNTS.bob, ...ACCOUNTS.traders];
  const next = wallets[Math.floor(sold / traded.length)];
  require(next !== undefined, "every wallet has had every work");
  return shop.sell(token, town.accounts[next]!, PRICE);
}
/** Votes, queues, executes; on a development chain the time moves with it. */
export async function carry(town: Town, id: string): Promise<void> {
  await town.type(..."proposals".split(" "));
  await town.type(...`vote --proposal ${id} --support for`.split(" "));
  await town.type(...`queue --proposal ${id}`.split(" "));
  await town.type(...`execute --proposal ${id}`.split(" "));
}

/** A parameter as it is. */
export async function slot(town: Town, name: string): Promise<Slot> {
  const { slots } = await town.type<{ readonly slots: readonly Slot[] }>(
    "-",
    "parameters",
  );
  const found = slots.find(({ slot }) => slot === name);
  require(found !== undefined, `${name} is not among the parameters`);
  return found;
}

/** The steward looks once. */
export function look(town: Town): Promise<Look> {
  return town.type<Look>("steward", "--out", town.path("out"));
}
