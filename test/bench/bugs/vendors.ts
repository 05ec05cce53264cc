import type { Bug } from "./list.ts";

const FEED = "contracts/oracle/DataFeedAdapter.sol";
const CRE = "contracts/oracle/CreReceiver.sol";
const FUNCTIONS = "contracts/oracle/FunctionsAdapter.sol";
const SERIES = "contracts/libraries/SeriesLib.sol";
const RING = "contracts/types/SampleRing.sol";

/** Mistakes in listening to vendors of markets. */
export const vendors: readonly Bug[] = [
  {
    title: "a price of zero, or below",
    source: "an unchecked answer of a feed",
    file: FEED,
    find: "answer > 0 && ",
    replace: "",
  },
  {
    title: "the price of a feed that was given up",
    source: "an unchecked updatedAt of a feed",
    file: FEED,
    find: "        require(updatedAt >= oldest, DataFeedStale(updatedAt, oldest));\n",
    replace: "",
  },
  {
    title: "a feed that changed its unit",
    source: "decimals that are asked for once",
    file: FEED,
    find: "        require(decimals == DECIMALS, DataFeedDecimalsChanged(decimals, DECIMALS));\n",
    replace: "",
  },
  {
    title: "the price from before the sequencer went down",
    source: "an L2 without its grace period",
    file: FEED,
    find: " && Math.saturatingSub(block.timestamp, upSince) > GRACE",
    replace: "",
  },
  {
    title: "a month of prices in an hour",
    source: "a window that counts calls",
    file: FEED,
    find: "day > lastDay",
    replace: "day >= lastDay",
  },
  {
    title: "the window loses its newest price at each turn",
    source: "an off-by-one in a ring",
    file: RING,
    find: "uint256 private constant SLOTS = 16;",
    replace: "uint256 private constant SLOTS = 15;",
  },
  {
    title: "a step loses all that is less than the price itself",
    source: "division before multiplication",
    file: SERIES,
    find: "(2 * MILLION * (b - a)) / (b + a)",
    replace: "2 * MILLION * ((b - a) / (b + a))",
  },
  {
    title: "without a forwarder anybody reports",
    source: "the receiver's template, where zero turns the check off",
    file: CRE,
    find: "forwarder != address(0) && ",
    replace: "",
  },
  {
    title: "another workflow of the same owner reports",
    source: "an identity of which half is checked",
    file: CRE,
    find: "owner == OWNER && name == NAME",
    replace: "owner == OWNER",
  },
  {
    title: "one stale report holds up all that follow",
    source: "a delivery that reverts is tried again",
    file: CRE,
    find: "_tryToBring(bytes32(report), evidence);",
    replace: "_bring(bytes32(report), evidence);",
  },
  {
    title: "an answer to any request is an answer to this one",
    source: "Chainlink's starter kit: a callback that trusts any id",
    file: FUNCTIONS,
    find: "requestId == bytes32(0) || requestId != _pending",
    replace: "requestId == bytes32(0)",
  },
  {
    title: "one request has many answers",
    source: "state that is cleared by nobody",
    file: FUNCTIONS,
    find: "        _pending = bytes32(0);\n",
    replace: "",
  },
  {
    title: "an error with an answer is an answer",
    source: "an unchecked error beside a value",
    file: FUNCTIONS,
    find: "err.length == 0 && ",
    replace: "",
  },
  {
    title: "a long error eats the callback's gas",
    source: "a return bomb",
    file: FUNCTIONS,
    find: "err[:Math.min(err.length, ERROR_SHOWN)]",
    replace: "err",
  },
];
