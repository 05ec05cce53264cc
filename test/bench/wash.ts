/**
 * What it costs to move the index of the collection's own sales by wash trades: `node test/bench/wash.ts`. In a window of N honest
 * buyers, who paid from 0.5 to 1.5 ether, an attacker passes one work along a row of own wallets, each of which buys once. Found is the
 * least number of wallets; the cost is royalty, marketplace fee and gas (all of them options). Beside it a naive index, the mean of
 * all sales, which one wallet that sells to itself moves. Fails if trades of one wallet move ours by a tenth, if self-trades and
 * returns move it at all, or if fewer wallets than the honest buyers double its price.
 */
import { parseArgs } from "node:util";

import { DAY } from "../../offchain/market/calendar.ts";
import { ONE } from "../../offchain/market/decimal.ts";
import type { OwnSale } from "../../offchain/market/reading.ts";
import { weighSales } from "../../offchain/market/weigh-sales.ts";
import { table } from "./evolution/figures.ts";

const { values } = parseArgs({
  options: {
    /** bps of the price, to the artist and to the marketplace. */
    royalty: { type: "string", default: "500" },
    fee: { type: "string", default: "250" },
    /** Of one sale and of funding one wallet. */
    gas: { type: "string", default: "181000" },
    gwei: { type: "string", default: "5" },
  },
});
const GAS = BigInt(values.gas) * BigInt(values.gwei) * 1_000_000_000n;
const DUST = ONE / 1_000_000n;
const END = 20_000 * DAY;
const TIME = END - 2 * DAY;
const WINDOWS = [11, 30, 100, 300];
const MOVES = [
  ["+10 %", 11n, 10n],
  ["+50 %", 3n, 2n],
  ["2x", 2n, 1n],
  ["-10 %", 9n, 10n],
  ["-50 %", 1n, 2n],
] as const;

const wallet = (n: number): string => `0x${n.toString(16).padStart(40, "0")}`;
const sale = (
  price: bigint,
  from: number,
  to: number,
  token: number,
  time = TIME,
): OwnSale => ({
  time,
  price,
  seller: wallet(from),
  buyer: wallet(to),
  token: String(token),
});
const honestOf = (n: number): OwnSale[] =>
  Array.from({ length: n }, (_, i) =>
    sale(ONE / 2n + (ONE * BigInt(i)) / BigInt(n - 1), 1, 1_000 + i, i),
  );
/** One work along a row of wallets, a minute apart, so that each buys once and none twice. */
const row = (count: number, price: bigint): OwnSale[] =>
  Array.from({ length: count }, (_, i) =>
    sale(price, 50_000 + i, 50_001 + i, 999_999, TIME + i * 60),
  );

type Index = (sales: readonly OwnSale[]) => bigint;
const INDICES: Readonly<Record<string, Index>> = {
  floor: (sales) => weighSales(sales, { at: END }).floor,
  median: (sales) => weighSales(sales, { at: END }).price,
};
const mean: Index = (sales) =>
  sales.reduce((sum, { price }) => sum + price, 0n) / BigInt(sales.length);

/** The least number from 1 for which it holds; it holds for all above. */
function least(holds: (count: number) => boolean): number {
  let high = 1;
  while (!holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const ether = (wei: bigint): string =>
  `${wei / ONE}.${String((wei % ONE) / (ONE / 10_000n)).padStart(4, "0")}`;
const share = (price: bigint, bps: string): bigint =>
  (price * BigInt(bps)) / 10_000n;

/** Number of trades, what they moved, what it cost, and what it costs an artist who gets the royalty back. */
function costOf(count: number, price: bigint): string[] {
  const moved = BigInt(count) * price;
  const gas = BigInt(count) * GAS;
  const fee = share(moved, values.fee) + gas;
  return [ether(moved), ether(fee + share(moved, values.royalty)), ether(fee)];
}

const failures: string[] = [];
const claim = (holds: boolean, what: string): unknown =>
  holds || failures.push(what);
const rows: string[][] = [];
for (const n of WINDOWS) {
  const honest = honestOf(n);
  for (const [name, index] of Object.entries(INDICES)) {
    const before = index(honest);
    for (const [move, over, under] of MOVES) {
      const target = (before * over) / under;
      const up = over > under;
      const price = up ? target : DUST;
      const reached: (count: number) => boolean = (count) => {
        const after = index([...honest, ...row(count, price)]);
        return up ? after >= target : after <= target;
      };
      const wallets = least(reached);
      if (move === "2x" && name === "median")
        claim(wallets >= n, `${wallets} wallets double the median of ${n}`);
      rows.push([
        String(n),
        name,
        move,
        ether(before),
        String(wallets),
        ...costOf(wallets, price),
      ]);
    }
    // One wallet, as often as it likes and at whatever price; then the same wallet with itself, and with a friend and back.
    for (const price of [DUST, ONE * 1_000n]) {
      const often = Array.from({ length: 200 }, (_, i) =>
        sale(price, 40_000 + i, 7, 500_000 + i),
      );
      const after = index([...honest, ...often]);
      const apart = after > before ? after - before : before - after;
      if (n >= 30)
        claim(apart * 10n < before, `one wallet moves the ${name} of ${n}`);
      const rounds = Array.from({ length: 200 }, (_, i) => [
        sale(price, 7, 7, 600_000 + i),
        sale(price, 7, 8, 700_000 + i),
        sale(price, 8, 7, 700_000 + i, TIME + 60),
      ]).flat();
      claim(
        index([...honest, ...rounds]) === before,
        `self-trades move the ${name} of ${n}`,
      );
    }
  }
  const before = mean(honest);
  for (const [move, over, under] of MOVES) {
    const target = (before * over) / under;
    const up = over > under;
    // One trade at the price that does it all, or many at next to nothing.
    const price = up
      ? target * BigInt(n + 1) - before * BigInt(n) + BigInt(n + 1)
      : DUST;
    const trades = least((count) => {
      const after = mean([
        ...honest,
        ...Array.from({ length: count }, () => sale(price, 7, 7, 1)),
      ]);
      return up ? after >= target : after <= target;
    });
    claim(!up || trades === 1, `the mean of ${n} takes ${trades} trades`);
    rows.push([
      String(n),
      `naive mean (${trades} self-trades)`,
      move,
      ether(before),
      "1",
      ...costOf(trades, price),
    ]);
  }
}
console.log(
  table(
    [
      "buyers",
      "index",
      "move",
      "before",
      "wallets",
      "ether moved",
      "cost, ether",
      "cost to the artist",
    ],
    rows,
  ),
);
console.log();
console.log(
  `royalty ${values.royalty} bps, marketplace ${values.fee} bps, ${values.gas} gas a sale at ${values.gwei} gwei`,
);
console.log(
  failures.length === 0
    ? "self-trades and returns move nothing; one wallet moves nothing by a tenth from 30 buyers on; doubling the median takes at least as many wallets as there are buyers"
    : failures.join("\n"),
);
if (failures.length > 0) process.exitCode = 1;
