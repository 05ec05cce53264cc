import { FatalError } from "../../offchain/kernel/errors.ts";
import { BASE } from "../../offchain/steward/backtest/run.ts";
import { ROYALTY_LIMITS } from "../../offchain/steward/backtest/slot.ts";
import { policyNamed } from "../../offchain/steward/policies.ts";
import type { Policy } from "../../offchain/steward/policy.ts";
import { parseWhole } from "./options.ts";

/** Most folds: more would each rest on a handful of days. */
const MAX_FOLDS = 24;

/** `--market`: a file, which must be given. @throws FatalError `options/missing`. */
export function parseSales(text: string | undefined): string {
  if (text !== undefined && text !== "") return text;
  throw new FatalError(
    "options/missing",
    "The option --market is missing; give a CSV of sales: timestamp,token_id,price_eth.",
  );
}

/** `--policy`: the learning one when left out. @throws FatalError `steward/unknown-policy`. */
export function parsePolicy(text = "bandit"): Policy {
  return policyNamed(text);
}

/** `--folds`; undefined for as many as there is room for. */
export function parseFolds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return parseWhole(text, {
    what: "number of folds",
    low: 1,
    high: MAX_FOLDS,
    code: "options/bad-folds",
  });
}

/** `--royalty`: bps, of a percentage with at most two decimals. */
export function parseRoyalty(text: string | undefined): number {
  if (text === undefined) return BASE;
  const [, whole = "", rest = ""] =
    /^(\d{1,2})(?:\.(\d{1,2}))?\s*%$/.exec(text.trim()) ?? [];
  const bps =
    whole === "" ? NaN : Number(whole) * 100 + Number(rest.padEnd(2, "0"));
  if (bps <= ROYALTY_LIMITS.high) return bps;
  throw new FatalError(
    "options/bad-royalty",
    `\`${text}\` is no royalty; give a percentage from 0% to ${ROYALTY_LIMITS.high / 100}%, for instance 7.5%.`,
  );
}
