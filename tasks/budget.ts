import { FatalError } from "../offchain/kernel/errors.ts";
import { shortAmount } from "../offchain/loop/amounts.ts";
import { createPurse, type Purse } from "../offchain/loop/budget.ts";
import { coinOf } from "../offchain/loop/coins.ts";
import {
  batchCounts,
  estimateGas,
  type PricedTransaction,
} from "../offchain/loop/estimate.ts";
import type { MintRequest } from "../offchain/loop/mint-task.ts";
import type { Recipe } from "../offchain/loop/recipe.ts";
import { datasetNamed } from "../offchain/loop/register-recipe.ts";
import { ONE } from "../offchain/market/decimal.ts";
import type { Deps } from "./compose.ts";
import {
  parseBudget,
  parsePrice,
  type Budget,
} from "./console/economics-options.ts";

/** `--budget` and `--price` as they were given. */
export interface BudgetArguments {
  readonly budget: string | undefined;
  readonly price: string | undefined;
}

/** A budget that was read and not yet turned into the coin of a chain. */
export type ParsedBudget =
  (Budget & { readonly price: bigint | undefined }) | undefined;

/** Reads both options; refuses them before anything is asked of a chain. */
export function parseSpending({
  budget,
  price,
}: BudgetArguments): ParsedBudget {
  const given = parsePrice(price);
  const parsed = parseBudget(budget);
  return parsed === undefined ? undefined : { ...parsed, price: given };
}

/**
 * Sets a budget over every run of this command: asked before each transaction.
 * @param plan what the run will send, where that is known beforehand.
 */
export async function limitSpending(
  { chain, journal, spending }: Pick<Deps, "chain" | "journal" | "spending">,
  budget: ParsedBudget,
  plan: () => Promise<readonly PricedTransaction[]> = async () => [],
): Promise<Purse | undefined> {
  if (budget === undefined) return undefined;
  const { chainId } = await chain.instance();
  const { symbol, market } = coinOf(chainId);
  const { currency } = budget;
  let wei = budget.amount;
  if (currency !== undefined) {
    if (budget.price === undefined && market === undefined)
      throw new FatalError(
        "budget/no-price",
        `The coin of chain \`${chainId}\` is handed out for nothing and has no price in ${currency}; give --price, or --budget in ${symbol}.`,
      );
    const price =
      budget.price ?? (await spending.priceOf(market ?? "", currency));
    wei = (budget.amount * ONE) / price;
  }
  const purse = createPurse(
    {
      budget: wei,
      show: (amount) => `${shortAmount(amount)} ${symbol}`,
      plan: await plan(),
    },
    { chain, journal, fees: spending.fees },
  );
  spending.limit(purse);
  return purse;
}

/** What minting will send, one opening and one sealing for each batch. */
export async function mintPlan(
  { spending }: Deps,
  recipe: Recipe,
  { to, count, conditions, royalty }: MintRequest,
): Promise<readonly PricedTransaction[]> {
  const standing = await spending.standing({ to, recipe: recipe.id });
  const dataset = datasetNamed(recipe);
  const run = { to, conditions, royalty, recipe: recipe.id, dataset };
  const { transactions } = await estimateGas(
    // What is not registered yet is registered before the run, and is none of its transactions.
    {
      ...run,
      standing: { ...standing, registered: true },
      counts: batchCounts(count),
    },
    spending,
  );
  return transactions;
}
