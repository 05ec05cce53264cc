import type { Bug } from "./list.ts";

const COLLECTION = "contracts/token/LoopCollection.sol";
const LIFECYCLE = "contracts/token/BatchLifecycle.sol";
const TOTALS = "contracts/types/Totals.sol";

/** Mistakes in opening, seeding, sealing and giving up. */
export const batches: readonly Bug[] = [
  {
    title: "an unknown block hash passes as zero",
    source: "SmartBillions 2017: blockhash is 0 after 256 blocks",
    file: LIFECYCLE,
    find: "        require(actual != bytes32(0), LoopCollectionSeedHashUnavailable(batch, seedAt));\n",
    replace: "",
  },
  {
    title: "the seed is not compared with the chain",
    source: "Polygon's reorganisations of up to 32 blocks",
    file: LIFECYCLE,
    find: "        require(actual == given, LoopCollectionSeedHashMismatch(batch, given, actual));\n",
    replace: "",
  },
  {
    title: "a revert of the history contract passes for a hash",
    source: "OpenZeppelin 5.7's Blockhash",
    file: "contracts/libraries/SeedBlockLib.sol",
    find: "return success && answer.length == 32 ? bytes32(answer) : bytes32(0);",
    replace: "return answer.length == 32 ? bytes32(answer) : bytes32(0);",
  },
  {
    title: "no deadline for sealing",
    source: "free option, as withheld reveals",
    file: LIFECYCLE,
    find: "        require(block.number <= last, LoopCollectionSealTooLate(batch, last));\n",
    replace: "",
  },
  {
    title: "sealing and giving up overlap in one block",
    source: "off by one at a boundary, front-run cancellation",
    file: LIFECYCLE,
    find: "require(block.number > last, LoopCollectionAbandonTooEarly(batch, last));",
    replace:
      "require(block.number >= last, LoopCollectionAbandonTooEarly(batch, last));",
  },
  {
    title: "a batch can be sealed again",
    source: "metadata exchanged after the sale (rug pulls of 2021)",
    file: LIFECYCLE,
    find: "require(status == BatchStatus.Open, LoopCollectionBatchNotOpen(batch, status));",
    replace:
      "require(status != BatchStatus.None, LoopCollectionBatchNotOpen(batch, status));",
  },
  {
    title: "the supply cap is not checked",
    source: "mints past the cap (Code4rena, many)",
    file: LIFECYCLE,
    find: "        require(count <= left, LoopCollectionSupplyExceeded(count, left));\n",
    replace: "",
  },
  {
    title: "an abandoned batch keeps its place in the supply",
    source: "a counter that only grows (AkuDreams 2022)",
    file: TOTALS,
    find: "Totals.unwrap(totals) + ONE_ABANDONED - count * ONE_PROMISED",
    replace: "Totals.unwrap(totals) + ONE_ABANDONED - count * ONE_RESERVED",
  },
  {
    title: "the daily limit holds for each opening alone",
    source: "limits without a memory: drained in small steps",
    file: COLLECTION,
    find: "_openBatch(current.afterSpending(count, today), count, head)",
    replace: "_openBatch(current, count, head)",
  },
  {
    title: "a new day does not clear what was spent",
    source: "rate limits that run full for ever",
    file: TOTALS,
    find: "uint256 gone = totals.day() == today % DAYS ? totals.spent() : 0;",
    replace: "uint256 gone = totals.spent();",
  },
  {
    title: "the pause does not stop opening",
    source: "a modifier forgotten on one of the entry points",
    file: LIFECYCLE,
    find: "        require(!current.paused(), LoopCollectionPaused());\n",
    replace: "",
  },
];
