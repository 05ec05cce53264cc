import type { Question } from "./prover.ts";

/** A text that stands once in a file, and what a planted bug makes of it. */
export interface Bug {
  readonly says: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** One proof contract, which says in its title what it proves, and a bug that it must not survive. */
export interface Property {
  readonly file: string;
  readonly contract: string;
  readonly engine?: Question["engine"];
  /** Whether no addition and no product may leave 256 bits either. */
  readonly overflow?: boolean;
  readonly bug: Bug;
}

const bug =
  (file: string) =>
  (says: string, find: string, replace: string): Bug => ({
    says,
    file,
    find,
    replace,
  });
const inTotals = bug("contracts/types/Totals.sol");
const inRoyalty = bug("contracts/types/Royalty.sol");
const inSplit = bug("contracts/libraries/SplitLib.sol");
const inSupply = bug("test/contracts/proofs/Supply.sol");
const inBounds = bug("contracts/libraries/BoundsLib.sol");
const inBoundsProof = bug("test/contracts/proofs/Bounds.sol");
const inLimits = bug("test/contracts/proofs/Limits.sol");

/** Everything that is proved. */
export const PROPERTIES: readonly Property[] = [
  {
    file: "Supply.sol",
    contract: "OpeningPromises",
    bug: inTotals(
      "an opening promises one token too many",
      "1 + count * ONE_PROMISED",
      "1 + (count + 1) * ONE_PROMISED",
    ),
  },
  {
    file: "Supply.sol",
    contract: "SealingKeepsCommitted",
    bug: inTotals(
      "sealing gives the supply back too",
      "ONE_SEAL - count * ONE_RESERVED",
      "ONE_SEAL - count * ONE_PROMISED",
    ),
  },
  {
    file: "Supply.sol",
    contract: "AbandoningGivesBack",
    bug: inTotals(
      "abandoning gives the promise back only",
      "ONE_ABANDONED - count * ONE_PROMISED",
      "ONE_ABANDONED - count * ONE_RESERVED",
    ),
  },
  {
    file: "Supply.sol",
    contract: "CommittedStaysWithinCap",
    bug: inSupply(
      "the caller looks at the promises, not at the supply",
      "count <= CAP - committed",
      "count <= CAP - reserved",
    ),
  },
  {
    file: "Supply.sol",
    contract: "NextBatchRises",
    engine: "bmc",
    bug: inTotals(
      "an opening does not count",
      "+ 1 + count * ONE_PROMISED",
      "+ count * ONE_PROMISED",
    ),
  },
  {
    file: "Fields.sol",
    contract: "CountsReadBack",
    engine: "bmc",
    bug: inTotals(
      "the promises are read one bit short",
      "ONE_RESERVED) % TOKENS",
      "ONE_RESERVED) % (TOKENS / 2)",
    ),
  },
  {
    file: "Fields.sol",
    contract: "LimitsReadBack",
    engine: "bmc",
    bug: inTotals(
      "the day is read eight bits short",
      "ONE_DAY) % DAYS",
      "ONE_DAY) % (DAYS / 256)",
    ),
  },
  {
    file: "Fields.sol",
    contract: "RoyaltyReadsBack",
    engine: "bmc",
    bug: inRoyalty(
      "the share is read one bit late",
      "unwrap(royalty) / RECEIVERS",
      "unwrap(royalty) / (RECEIVERS * 2)",
    ),
  },
  {
    file: "Limits.sol",
    contract: "LeftIsLimitLessSpent",
    engine: "bmc",
    bug: inTotals(
      "what was spent is left again",
      "most - gone : 0",
      "most : 0",
    ),
  },
  {
    file: "Limits.sol",
    contract: "NewDayStartsFromZero",
    engine: "bmc",
    bug: inTotals(
      "no day ever ends",
      "? totals.spent() : 0",
      "? totals.spent() : totals.spent()",
    ),
  },
  {
    file: "Limits.sol",
    contract: "SpendingAdds",
    engine: "bmc",
    bug: inTotals(
      "spending falls into the limit",
      "Totals.unwrap(totals) + count * ONE_SPENT",
      "Totals.unwrap(totals) + count * ONE_LIMIT",
    ),
  },
  {
    file: "Limits.sol",
    contract: "SpendingForgets",
    engine: "bmc",
    bug: inTotals("yesterday's works are kept", "% DAY_AND_SPENT", "% DAYS"),
  },
  {
    file: "Limits.sol",
    contract: "MovingLimitKeepsSpent",
    engine: "bmc",
    bug: inTotals(
      "the new limit falls into what was spent",
      "newLimit * ONE_LIMIT",
      "newLimit * ONE_SPENT",
    ),
  },
  {
    file: "Limits.sol",
    contract: "PauseChangesNothingElse",
    engine: "bmc",
    bug: inTotals("a pause clears the limit", "% PAUSED)", "% ONE_LIMIT)"),
  },
  {
    file: "Limits.sol",
    contract: "DayStaysWithinLimit",
    bug: inLimits(
      "a limit raised and lowered again lets more through",
      "limit - gone : 0)",
      "limit : 0)",
    ),
  },
  {
    file: "Shares.sol",
    contract: "RoyaltyWithinTenth",
    engine: "bmc",
    overflow: true,
    bug: inRoyalty(
      "the price's rest earns its share in whole",
      "((price % WHOLE) * bps_) / WHOLE",
      "((price % WHOLE) * bps_)",
    ),
  },
  {
    file: "Shares.sol",
    contract: "RoyaltyRoundsDown",
    engine: "bmc",
    bug: inRoyalty(
      "rounded up",
      "((price % WHOLE) * bps_) / WHOLE",
      "((price % WHOLE) * bps_ + WHOLE - 1) / WHOLE",
    ),
  },
  {
    file: "Shares.sol",
    contract: "RoyaltyLosesLessThanOne",
    engine: "bmc",
    bug: inRoyalty(
      "the price's rest earns nothing",
      " + ((price % WHOLE) * bps_) / WHOLE",
      "",
    ),
  },
  {
    file: "Shares.sol",
    contract: "DueWithinReceived",
    engine: "bmc",
    overflow: true,
    bug: inSplit(
      "the whole part is not divided",
      "(received / total) * shares",
      "received * shares",
    ),
  },
  {
    file: "Shares.sol",
    contract: "DuesWithinReceived",
    engine: "bmc",
    bug: inSplit(
      "dues are rounded up",
      "((received % total) * shares) / total",
      "((received % total) * shares + total - 1) / total",
    ),
  },
  {
    file: "Shares.sol",
    contract: "DrawnWithinShare",
    bug: inSplit(
      "one unit more is due",
      "share - drawn : 0",
      "share - drawn + 1 : 0",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "ValueStaysInBounds",
    bug: inBounds(
      "new bounds leave a value where it is above them",
      "value > high ? high : value",
      "value",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "ClampGoesNoFurther",
    engine: "bmc",
    bug: inBounds(
      "a value below its bounds goes to the upper one",
      "if (value < low) return low;",
      "if (value < low) return high;",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "AllowedIsAllOfThese",
    engine: "bmc",
    bug: inBounds(
      "the upper bound is never asked for",
      "to < low || to > high",
      "to < low",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "StepsBoundTheDrift",
    bug: inBounds(
      "steps down are not measured",
      "if (length > step)",
      "if (to > from && length > step)",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "DelayIsKept",
    bug: inBounds(
      "the delay counts from the start of time",
      "movedAt == 0 ? 0 : movedAt + delay",
      "delay",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "BudgetIsKept",
    bug: inBounds(
      "any wait empties the bucket, as a fixed window does",
      "level > leak ? level - leak : 0",
      "leak > 0 ? 0 : level",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "LeftIsWhatFits",
    engine: "bmc",
    bug: inBounds(
      "a part of a unit spent counts for nothing",
      "(level + window - 1) / window",
      "level / window",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "BudgetStepHolds",
    engine: "bmc",
    bug: inBounds(
      "the bucket leaks twice as fast",
      "drained(level, budget * elapsed)",
      "drained(level, 2 * budget * elapsed)",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "ClosedFormFollows",
    engine: "bmc",
    bug: inBoundsProof(
      "the bucket may be fuller than full",
      "moved < 2 ** 128 && level <= budget * window",
      "moved < 2 ** 128 && level <= budget * window + window",
    ),
  },
  {
    file: "Bounds.sol",
    contract: "SpentStaysSpent",
    engine: "bmc",
    bug: inBounds(
      "a new window forgets a unit of what was spent",
      "return spentOf(level, window) * newWindow;",
      "return (spentOf(level, window) - 1) * newWindow;",
    ),
  },
];
