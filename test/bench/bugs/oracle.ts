import type { Bug } from "./list.ts";

const ORACLE = "contracts/oracle/MarketOracle.sol";
const REPORTERS = "contracts/oracle/SignedReporters.sol";
const MEDIAN = "contracts/libraries/MedianLib.sol";

/** Mistakes in what the oracle accepts, from whom, and in the word of several reporters. */
export const oracle: readonly Bug[] = [
  {
    title: "the fallback does not wait for its turn",
    source: "a second oracle that is as good as the first, at any time",
    file: ORACLE,
    find: "        require(block.timestamp >= earliest, MarketOracleFallbackTooEarly(earliest));\n",
    replace: "",
  },
  {
    title: "the fallback's own rounds push it off again",
    source: "a heartbeat that any message resets",
    file: ORACLE,
    find: "        if (msg.sender == _active) head = head.withHeard(block.timestamp);\n        else _requireFallback(head);\n",
    replace:
      "        if (msg.sender != _active) _requireFallback(head);\n        head = head.withHeard(block.timestamp);\n",
  },
  {
    title: "a slip of the unit is a leap of the floor",
    source:
      "Compound, 2020, and every feed that took one venue's price as it came",
    file: ORACLE,
    find: "            _requireFloor(given, head);\n",
    replace: "",
  },
  {
    title: "a market of last month is news",
    source: "stale prices of oracles, as in the Venus and LUNA case of 2022",
    file: ORACLE,
    find: "            require(time >= oldest, MarketOracleTooOld(time, oldest));\n",
    replace: "",
  },
  {
    title: "the reports of an old round make a new one",
    source: "SWC-121; a signature without a nonce",
    file: REPORTERS,
    find: "        require(next == round, SignedReportersWrongRound(round, next));\n",
    replace: "",
  },
  {
    title: "each half of the reporters is a quorum",
    source: "an off-by-one in a majority",
    file: REPORTERS,
    find: "quorum > count / 2",
    replace: "quorum >= count / 2",
  },
  {
    title: "whoever reports says who may report",
    source: "SWC-105; a list from the caller that nobody compares",
    file: REPORTERS,
    find: "        require(given == _set, SignedReportersUnknownSet(given));\n",
    replace: "",
  },
  {
    title: "any signature counts",
    source: "SWC-122; a signer that nobody looks up",
    file: REPORTERS,
    find: "        revert SignedReportersUnknownReporter(signer);\n",
    replace: "        return place;\n",
  },
  {
    title: "one reporter alone makes a field",
    source: "a median over those who answered",
    file: MEDIAN,
    find: "count >= quorum",
    replace: "count > 0",
  },
  {
    title: "a fall is greater than a rise",
    source: "SWC-101; signed values compared as unsigned",
    file: MEDIAN,
    find: "(1 << 239) | (1 << 207)",
    replace: "0",
  },
];
