import type { Bug } from "./list.ts";

const COLLECTION = "contracts/token/LoopCollection.sol";
const TOKENS = "contracts/token/ERC721Batch.sol";

/** Mistakes in burning works for new ones. */
export const forging: readonly Bug[] = [
  {
    title: "a parent may be named twice",
    source: "duplicate inputs, as in Bitcoin's CVE-2018-17144",
    file: TOKENS,
    find: `        TokenWord word = _requireHeld(tokenId, holder);
        _requireFree(word, tokenId);
`,
    replace: `        TokenWord word = _requireHeld(tokenId, holder);
`,
  },
  {
    title: "anybody's works can be forged",
    source: "SWC-105, missing ownership check",
    file: TOKENS,
    find: "        require(from == holder, ERC721IncorrectOwner(holder, tokenId, from));\n",
    replace: "",
  },
  {
    title: "the seal burns works that were not given",
    source:
      "SushiSwap RouteProcessor2 2023: arbitrary input of a trusted caller",
    file: TOKENS,
    find: "        require(word.lock() == child, ERC721BatchTokenNotLocked(tokenId, child));\n",
    replace: "",
  },
  {
    title: "a locked work can be moved",
    source: "staked NFTs sold while staked (Code4rena, many)",
    file: TOKENS,
    find: `        _requireFree(word, tokenId);
        if (from != address(0) && to`,
    replace: "        if (from != address(0) && to",
  },
  {
    title: "an abandoned child keeps its parents for ever",
    source: "AkuDreams 2022: 11,539 ETH locked by a counter",
    file: TOKENS,
    find: "if (child == 0 || _heads[child].status() == BatchStatus.Abandoned) return;",
    replace: "if (child == 0) return;",
  },
  {
    title: "a forged child can be sealed without burning",
    source: "two paths to one effect, one of them unguarded",
    file: COLLECTION,
    find: "        require(head.parents() == 0, LoopCollectionForged(batch));\n",
    replace: "",
  },
  {
    title: "the terms are those of the block, not of the signature",
    source: "missing slippage check (Code4rena, many)",
    file: COLLECTION,
    find: `            terms.parents == needed && terms.recipe == current.recipe && terms.conditions == current.conditions,`,
    replace:
      "            terms.parents == needed && terms.recipe == current.recipe,",
  },
  {
    title: "the highest parent gives the generation",
    source: "min and max confused",
    file: COLLECTION,
    find: "            if (own < generation) generation = own;",
    replace: "            if (i == 0 || own > generation) generation = own;",
  },
  {
    title: "the last generation overflows into the parents",
    source: "packed fields running over (SWC-101)",
    file: COLLECTION,
    find: "        require(generation != MAX_GENERATION, LoopCollectionGenerationTooHigh(MAX_GENERATION));\n",
    replace: "",
  },
  {
    title: "the operator may claim a generation",
    source: "unchecked bits of a packed word",
    file: COLLECTION,
    find: "        require(uint256(conditions) & GENERATION_BITS == 0, LoopCollectionGenerationForbidden(conditions));\n",
    replace: "",
  },
];
