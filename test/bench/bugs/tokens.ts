import type { Bug } from "./list.ts";

const TOKENS = "contracts/token/ERC721Batch.sol";
const WORD = "contracts/types/TokenWord.sol";

/** Mistakes in owning, moving and burning. */
export const tokens: readonly Bug[] = [
  {
    title: "a burned work returns to the first holder of its batch",
    source: "owners that are written late and read wrongly",
    file: TOKENS,
    find: "if (word.isWritten()) return word.owner();",
    replace: "if (word.owner() != address(0)) return word.owner();",
  },
  {
    title: "a burned work's word is empty again",
    source: "the same by another way: deleting instead of marking",
    file: WORD,
    find: "return TokenWord.wrap(to == address(0) ? (next & ~PIN_MASK) | BURNED : next);",
    replace: "return TokenWord.wrap(to == address(0) ? 0 : next);",
  },
  {
    title: "an approval outlives the transfer",
    source: "SWC-style stale approval; OpenZeppelin clears it in _update",
    file: WORD,
    find: "~(OWNER_MASK | LOCK_MASK)) + ONE_TRANSFER) | uint160(to);",
    replace: "~(OWNER_MASK | LOCK_MASK))) | uint160(to);",
  },
  {
    title: "anyone moves anything",
    source: "SWC-105; missing authorisation",
    file: TOKENS,
    find: "        if (auth != address(0)) _checkAuthorized(from, auth, tokenId);\n",
    replace: "        auth;\n",
  },
  {
    title: "a transfer to oneself makes balance",
    source: "bZx 2020: _from == _to counted twice",
    file: TOKENS,
    find: `        if (from != address(0)) _held[from] -= 1;
        if (to != address(0)) _held[to] += 1;
        _words[tokenId] = word.moved(to);`,
    replace: `        uint256 gained = _held[to] + 1;
        if (from != address(0)) _held[from] -= 1;
        if (to != address(0)) _held[to] = gained;
        _words[tokenId] = word.moved(to);`,
  },
  {
    title: "anyone approves himself",
    source: "missing check in approve",
    file: TOKENS,
    find: "            require(auth == address(0) || owner == auth || isApprovedForAll(owner, auth), ERC721InvalidApprover(auth));\n",
    replace: "",
  },
  {
    title: "the index of a token is not bounded by its batch",
    source: "ids beyond the supply are owned",
    file: "contracts/types/BatchHead.sol",
    find: "head.status() == BatchStatus.Sealed && index < head.count()",
    replace: "head.status() == BatchStatus.Sealed && index <= head.count()",
  },
  {
    title: "works exist before their seal",
    source: "pictures sold before the seed is there",
    file: "contracts/types/BatchHead.sol",
    find: "return head.status() == BatchStatus.Sealed && index",
    replace: "return head.status() != BatchStatus.None && index",
  },
  {
    title: "the validator is asked about burning",
    source: "Nouns Builder 2022: a hook that blocks burning",
    file: TOKENS,
    find: "if (from != address(0) && to != address(0)) _beforeTransfer",
    replace: "if (from != address(0)) _beforeTransfer",
  },
  {
    title: "the validator is named and never asked",
    source: "enforcement that is a flag only",
    file: "contracts/token/CreatorToken.sol",
    find: "if (validator != address(0)) ITransferValidator",
    replace: "if (validator == address(this)) ITransferValidator",
  },
  {
    title: "a validator without code is taken",
    source: "calls to accounts without code (SWC-104 and its kin)",
    file: "contracts/token/CreatorToken.sol",
    find: "        require(validator == address(0) || validator.code.length != 0, CreatorTokenInvalidValidator(validator));\n",
    replace: "",
  },
];
