import { MAX_BATCH } from "../kernel/ids.ts";
import type {
  Fees,
  GasPrices,
  RehearsalRequest,
  RehearsedTransaction,
  Rehearse,
} from "./ports-fees.ts";

/** What one transaction costs at the prices of now, wei. */
export interface PricedTransaction extends Omit<
  RehearsedTransaction,
  "data" | "to"
> {
  /** Of the cost: what a rollup asks for the bytes. */
  readonly dataFee: bigint;
  readonly cost: bigint;
  /** What its sender must have at hand: with the room that is left in its gas limit and for a rising base fee. */
  readonly most: bigint;
}

/** What a run costs at the prices of now. */
export interface GasEstimate {
  readonly prices: GasPrices;
  readonly transactions: readonly PricedTransaction[];
  readonly gas: number;
  readonly dataFee: bigint;
  readonly cost: bigint;
  /** The least budget that lets the whole run through while prices stay. */
  readonly needs: bigint;
}

/** The batches of a run of so many works. */
export function batchCounts(count: number): number[] {
  const counts: number[] = [];
  for (let left = count; left > 0; left -= MAX_BATCH)
    counts.push(Math.min(MAX_BATCH, left));
  return counts;
}

/** Rehearses a run and prices every transaction of it. */
export async function estimateGas(
  request: RehearsalRequest,
  { rehearse, fees }: { readonly rehearse: Rehearse; readonly fees: Fees },
): Promise<GasEstimate> {
  const played = await rehearse(request);
  const prices = await fees.prices();
  const transactions: PricedTransaction[] = [];
  for (const { kind, part, gas, to, data } of played) {
    const dataFee = await fees.dataFee({ to, data, gas });
    const cost = BigInt(gas) * (prices.baseFee + prices.tip) + dataFee;
    const most = mostOf(gas, prices) + dataFee;
    transactions.push({ kind, part, gas, dataFee, cost, most });
  }
  return {
    prices,
    transactions,
    gas: transactions.reduce((sum, { gas }) => sum + gas, 0),
    dataFee: sum(transactions.map(({ dataFee }) => dataFee)),
    cost: sum(transactions.map(({ cost }) => cost)),
    needs: needsOf(transactions),
  };
}

/** As the sender fills its transactions in: a fifth more gas than was used, and twice the base fee. */
function mostOf(gas: number, { baseFee, tip }: GasPrices): bigint {
  return ((BigInt(gas) * 6n) / 5n) * (2n * baseFee + tip);
}

/** What must be at hand for transactions one after the other: each may take its most, once those before it took their cost. */
export function needsOf(
  transactions: readonly Pick<PricedTransaction, "cost" | "most">[],
): bigint {
  let before = 0n;
  let needs = 0n;
  for (const { cost, most } of transactions) {
    if (before + most > needs) needs = before + most;
    before += cost;
  }
  return needs;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
