import {
  exactAmount,
  shortAmount,
  worth,
} from "../../offchain/loop/amounts.ts";
import type { Coin } from "../../offchain/loop/coins.ts";
import type { GasEstimate } from "../../offchain/loop/estimate.ts";
import type { WorksEstimate } from "../../offchain/loop/estimate-works.ts";
import { table } from "./table.ts";

/** What a coin is worth, and who says so. */
export interface Price {
  readonly currency: string;
  /** With 18 decimals. */
  readonly price: bigint;
  readonly source: string;
}

/** All that an estimate found. */
export interface Estimated {
  readonly network: string;
  readonly chainId: number;
  readonly coin: Coin;
  readonly count: number;
  readonly counts: readonly number[];
  readonly size: number;
  readonly deployed: boolean;
  /** What the gas was rehearsed for. */
  readonly recipient: { readonly known: boolean; readonly holds: boolean };
  readonly gas: GasEstimate;
  readonly works: WorksEstimate;
  readonly places: readonly string[];
  readonly price: Price | undefined;
}

/** Amounts are decimal text: coins of 18 decimals, and gas prices in wei. */
export function estimateDocument(found: Estimated) {
  const { network, chainId, coin, count, counts, size, deployed } = found;
  const { gas, works, places, price } = found;
  const of = (amount: bigint) => ({
    coin: exactAmount(amount),
    currency:
      price === undefined ? null : exactAmount(worth(amount, price.price)),
  });
  return {
    network,
    chainId,
    count,
    batches: counts.length,
    size,
    deployed,
    recipient: found.recipient,
    coin: coin.symbol,
    price:
      price === undefined
        ? null
        : { ...price, price: exactAmount(price.price) },
    gasPrice: {
      baseFee: `${gas.prices.baseFee}`,
      tip: `${gas.prices.tip}`,
    },
    transactions: gas.transactions.map((each) => ({
      kind: each.kind,
      part: each.part,
      gas: each.gas,
      dataFee: exactAmount(each.dataFee),
      cost: exactAmount(each.cost),
    })),
    gas: gas.gas,
    dataFee: of(gas.dataFee),
    cost: of(gas.cost),
    costPerWork: of(gas.cost / BigInt(count)),
    /** The least `--budget` that lets the run through while prices stay. */
    budget: of(gas.needs),
    storage: {
      bytesPerWork: works.bytesPerWork,
      bytesPerBatch: works.bytesPerBatch,
      bytes: works.bytes,
      measuredOn: works.sample,
      places: places.map((name) => ({ name, bytes: works.bytes })),
    },
    seconds: { make: works.seconds, measuredOn: works.sample },
  };
}

/** The document of {@link estimateDocument}. */
export type EstimateDocument = ReturnType<typeof estimateDocument>;

/** The estimate for a person at a terminal. */
export function estimateLines(found: Estimated): string[] {
  const { network, chainId, coin, gas, works, price } = found;
  const money = (amount: bigint): string =>
    `${shortAmount(amount)} ${coin.symbol}${
      price === undefined
        ? ""
        : ` (${shortAmount(worth(amount, price.price))} ${price.currency.toUpperCase()})`
    }`;
  const gwei = (wei: bigint): string => shortAmount(wei * 1_000_000_000n);
  const { baseFee, tip } = gas.prices;
  const rows = gas.transactions.map((each) => [
    each.part === null ? each.kind : `${each.kind} ${found.counts[each.part]}`,
    each.gas.toLocaleString("en"),
    shortAmount(each.dataFee),
    money(each.cost),
  ]);
  const places = found.places.length;
  const each =
    places === 0
      ? "kept here, no place is configured"
      : `in each of ${found.places.join(", ")}`;
  return [
    `${found.count} works of ${found.size} pixels on ${network} (chain ${chainId}), at ${gwei(baseFee)} Gwei and a tip of ${gwei(tip)}:`,
    ...table(["transaction", "gas", `data fee, ${coin.symbol}`, "cost"], rows),
    "",
    `Gas      ${gas.gas.toLocaleString("en")}, as played on a chain in this process${found.recipient.known ? "" : "; the recipient is not known and taken to hold nothing yet"}`,
    `Cost     ${money(gas.cost)}, ${money(gas.cost / BigInt(found.count))} for each work`,
    `Budget   ${money(gas.needs)} must be at hand: a transaction may take up to twice the base fee`,
    `Price    ${price === undefined ? (coin.market === undefined ? "this chain's coin is handed out for nothing" : "not asked; give --currency or --price") : `${shortAmount(price.price)} ${price.currency.toUpperCase()} for one ${coin.symbol}, ${price.source}`}`,
    `Storage  ${mega(works.bytes)} MB ${each}; ${mega(works.bytesPerBatch)} MB of a batch are its recipe, a work has ${Math.round(works.bytesPerWork / 1_000)} kB, measured on ${works.sample}`,
    `Time     about ${duration(works.seconds)} on this machine to make and prove them, measured on ${works.sample}; waiting for blocks comes on top`,
    ...(found.deployed
      ? []
      : [
          "Nothing is deployed here yet, so the contracts are counted; npx hardhat plan-deployment says more about them.",
        ]),
  ];
}

function mega(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  if (seconds < 6_000) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
