import type { Bug } from "./list.ts";

const LIST = "contracts/token/EpochList.sol";
const PINS = "contracts/token/PinnedURIs.sol";
const WORD = "contracts/types/TokenWord.sol";
const ORACLE = "contracts/oracle/MarketOracle.sol";
const DIALS = "contracts/token/Attunements.sol";

/** Mistakes in evolving a collection: rounds, epochs, pins and dials. */
export const epochs: readonly Bug[] = [
  {
    title: "a round gives as many epochs as its publisher likes",
    source: "re-rolling: an off-by-one in a sequence check",
    file: LIST,
    find: "round > book.lastRound()",
    replace: "round >= book.lastRound()",
  },
  {
    title: "an epoch comes before the acts that count for it",
    source: "reading state of the block that is still being made",
    file: LIST,
    find: "acceptedIn < block.number",
    replace: "acceptedIn <= block.number",
  },
  {
    title: "works that evolved fall back when the oracle changes",
    source: "a monotone count that a second source resets",
    file: LIST,
    find: "        require(covered >= book.covered(), EpochCoversLess(covered, book.covered()));\n",
    replace: "",
  },
  {
    title: "the publisher takes back what he does not like",
    source: "one key for two jobs",
    file: LIST,
    find: "jobs.hasRole(ADMIN_ROLE, msg.sender)",
    replace: "jobs.hasRole(PUBLISHER_ROLE, msg.sender)",
  },
  {
    title: "a voided epoch is shown again once the one above it is voided",
    source: "falling back by one instead of to what is sound",
    file: LIST,
    find: "book.withShown(_newestSoundBelow(epoch))",
    replace: "book.withShown(epoch - 1)",
  },
  {
    title: "anyone publishes an epoch",
    source: "SWC-105; missing authorisation",
    file: LIST,
    find: "uint256 round) external onlyRole(PUBLISHER_ROLE) returns",
    replace: "uint256 round) external returns",
  },
  {
    title: "anyone pins anyone's work",
    source: "SWC-105; missing ownership check",
    file: PINS,
    find: `        TokenWord word = _requireHeld(tokenId, _msgSender());
        if (index`,
    replace: `        TokenWord word = _requireHeld(tokenId, _ownerOf(tokenId));
        if (index`,
  },
  {
    title: "an epoch is pinned that does not hold the work",
    source: "an index that is not bounded by its list",
    file: PINS,
    find: "        if (index != 0) _requireCovering(index, tokenId);\n",
    replace: "",
  },
  {
    title: "a pin outlives the epoch that was taken back",
    source: "a reference that nobody checks again",
    file: PINS,
    find: "if (pin != 0 && !_isVoided(pin)) return pin;",
    replace: "if (pin != 0) return pin;",
  },
  {
    title: "a work shows an epoch from before it was born",
    source: "a URI of no file: reveals that cover what was minted later",
    file: PINS,
    find: "        if (!_covers(epoch, _ordinalOf(tokenId))) epoch = 0;\n",
    replace: "",
  },
  {
    title: "a pin is lost with the first transfer",
    source: "clearing more of a packed word than was meant",
    file: WORD,
    find: "~(OWNER_MASK | LOCK_MASK)) + ONE_TRANSFER) | uint160(to);",
    replace:
      "~(OWNER_MASK | PIN_MASK | LOCK_MASK)) + ONE_TRANSFER) | uint160(to);",
  },
  {
    title: "a pin outlives the work",
    source: "state of a burned token that nobody clears",
    file: WORD,
    find: "(next & ~PIN_MASK) | BURNED",
    replace: "next | BURNED",
  },
  {
    title: "anyone turns anyone's dials",
    source: "SWC-105; missing authorisation",
    file: DIALS,
    find: "_checkAuthorized(_ownerOf(tokenId), by, tokenId);",
    replace: "_requireOwned(tokenId);",
  },
  {
    title: "a dial turns past its end into the next one",
    source: "SWC-101 in a packed word: overflow into the neighbour",
    file: DIALS,
    find: "        require(!dials.isAtEnd(act), AttunementAtEnd(tokenId, act));\n",
    replace: "",
  },
  {
    title: "anyone brings rounds",
    source: "SWC-105; missing authorisation",
    file: ORACLE,
    find: "        require(msg.sender == _fallback, MarketOracleUnauthorizedAdapter(msg.sender));\n",
    replace: "",
  },
  {
    title: "the same observation makes a second round",
    source: "replayed prices, as of stale oracles everywhere",
    file: ORACLE,
    find: "time > head.observed()",
    replace: "time >= head.observed()",
  },
  {
    title: "a round of a market that is yet to come",
    source: "unchecked timestamps of reports",
    file: ORACLE,
    find: "        require(time <= block.timestamp, MarketOracleFutureObservation(time, block.timestamp));\n",
    replace: "",
  },
];
