import type { Estimate } from "../../offchain/steward/backtest/bootstrap.ts";
import type { Measures } from "../../offchain/steward/backtest/measure.ts";

/** A gain in percent with its interval; a dash where there is none. */
export function gain(estimate: Estimate | null): string {
  if (estimate === null) return "—";
  const { value, low, high } = estimate;
  return `${signed(value)} % [${signed(low)}, ${signed(high)}]`;
}

function signed(share: number): string {
  const text = Math.abs(100 * share).toFixed(1);
  return Number(text) === 0 ? "0.0" : `${share < 0 ? "−" : "+"}${text}`;
}

/** A share in percent. */
export function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${Number(text) === 0 ? "0.0" : text} %`;
}

/** Hundredths of a percent as percent. */
export function bps(value: number): string {
  return `${Number((value / 100).toFixed(2))} %`;
}

/** An amount to four digits. */
export function amount(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 4 });
}

/** The mean royalty of a path, bps. */
export function royaltyOf({
  measures,
}: {
  readonly measures: Measures;
}): number {
  return measures.royalty;
}
