import { DECIMALS, ONE } from "../market/decimal.ts";

/** An amount of 18 decimals as text, without zeros that say nothing: `0.00213`. */
export function exactAmount(amount: bigint): string {
  const sign = amount < 0n ? "-" : "";
  const size = amount < 0n ? -amount : amount;
  const fraction = (size % ONE)
    .toString()
    .padStart(DECIMALS, "0")
    .replace(/0+$/, "");
  return `${sign}${size / ONE}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The same with no more digits than say something: three, and always two of a larger amount. */
export function shortAmount(amount: bigint): string {
  const text = exactAmount(amount);
  const [whole = "0", fraction = ""] = text.split(".");
  if (whole !== "0") return `${whole}.${fraction.padEnd(2, "0").slice(0, 2)}`;
  const leading = /^0*/.exec(fraction)?.[0].length ?? 0;
  return fraction === "" ? "0" : `0.${fraction.slice(0, leading + 3)}`;
}

/** What an amount of a coin is worth, both and the price with 18 decimals. */
export function worth(amount: bigint, price: bigint): bigint {
  return (amount * price) / ONE;
}
