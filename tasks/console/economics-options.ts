import { FatalError } from "../../offchain/kernel/errors.ts";
import { LARGEST, parseDecimal } from "../../offchain/market/decimal.ts";

/** Most that a run may spend: of the chain's coin, or of a currency. */
export interface Budget {
  /** With 18 decimals. */
  readonly amount: bigint;
  /** Undefined for the chain's own coin. */
  readonly currency: string | undefined;
}

/** `--currency`: three letters, as banks write them. */
export function parseCurrency(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const currency = text.toLowerCase();
  if (/^[a-z]{3}$/.test(currency)) return currency;
  throw new FatalError(
    "options/bad-currency",
    `\`${text}\` is no currency; give three letters, for instance eur.`,
  );
}

/** `--price`: what one coin is worth, with 18 decimals. */
export function parsePrice(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const price = parseDecimal(text);
  if (price !== undefined && price > 0n && price <= LARGEST) return price;
  throw new FatalError(
    "options/bad-price",
    `\`${text}\` is no price of a coin; give a number above zero, for instance 2100.5.`,
  );
}

/** `--budget`: an amount of the chain's coin (`0.01`), or of a currency (`5eur`). */
export function parseBudget(text: string | undefined): Budget | undefined {
  if (text === undefined) return undefined;
  const [, digits = "", letters] =
    /^([\d.]+)([a-zA-Z]{3})?$/.exec(text.trim()) ?? [];
  const amount = parseDecimal(digits);
  if (amount !== undefined && amount > 0n && amount <= LARGEST)
    return { amount, currency: parseCurrency(letters) };
  throw new FatalError(
    "options/bad-budget",
    `\`${text}\` is no amount to spend; give a number above zero of the chain's coin, for instance 0.01, or of a currency, for instance 5eur.`,
  );
}
