/** Mutants that no test can or need kill, for one reason. */
export interface Survivors {
  readonly why: string;
  readonly file: string;
  /** The changed lines, each as it reads in its mutant. */
  readonly reads: readonly string[];
}

const NO_OVERLAP =
  "equivalent: the fields do not overlap, so that joining them by | and by ^ is the same";

const LOOP =
  "equivalent: the index goes up by one and meets the count, so that the loop ends where it did";

/** Survivors that are accepted, each with its reason. Any other survivor fails the run. */
export const ACCEPTED: readonly Survivors[] = [
  {
    why: "equivalent: the count goes up by one and stops there, so it is never above",
    file: "contracts/registry/RecipeRegistry.sol",
    reads: ["require(_count  < REVOKED - 1, RecipeRegistryFull());"],
  },
  {
    why: LOOP,
    file: "contracts/registry/RecipeRegistry.sol",
    reads: ["for (uint256 i = 0; i != page.length; ++i) {"],
  },
  {
    why: "equivalent: beside the mark of a revoked recipe stands its number, which is never zero",
    file: "contracts/registry/RecipeRegistry.sol",
    reads: ["return _entries[id]  > REVOKED;"],
  },
  {
    why: LOOP,
    file: "contracts/royalty/RoyaltySplitter.sol",
    reads: ["for (uint256 i = 0; i != count; ++i) {"],
  },
  {
    why: LOOP,
    file: "contracts/token/LoopCollection.sol",
    reads: ["for (uint256 i = 0; i != needed; ++i) {"],
  },
  {
    why: "equivalent: nothing of 32 bits is above the greatest number of 32 bits",
    file: "contracts/types/TokenWord.sol",
    reads: [
      "require(word.transfers()  < type(uint32).max, TokenWordTransfersExhausted());",
    ],
  },
  {
    why: "equivalent: where both are equal their difference is the zero of the other branch",
    file: "contracts/types/Totals.sol",
    reads: ["return gone <= most ? most - gone : 0;"],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/TokenWord.sol",
    reads: [
      "return TokenWord.wrap(kept | uint160(holder) ^ (child << LOCK_AT));",
      "return TokenWord.wrap(kept ^ uint160(holder) | (child << LOCK_AT));",
      "uint256 kept = TokenWord.unwrap(word) & ~(OWNER_MASK ^ LOCK_MASK);",
      "uint256 next = ((TokenWord.unwrap(word) & ~(OWNER_MASK ^ LOCK_MASK)) + ONE_TRANSFER) | uint160(to);",
      "uint256 next = ((TokenWord.unwrap(word) & ~(OWNER_MASK | LOCK_MASK)) + ONE_TRANSFER) ^ uint160(to);",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/BatchHead.sol",
    reads: [
      "uint160(to) ^",
      "(uint256(uint40(openBlock)) << BLOCK_AT) ^",
      "(count_ << COUNT_AT) ^",
      "(recipe_ << RECIPE_AT) ^",
      "BatchHead.wrap(BatchHead.unwrap(head) ^ (generation_ << GENERATION_AT) | (parents_ << PARENTS_AT));",
      "BatchHead.wrap(BatchHead.unwrap(head) | (generation_ << GENERATION_AT) ^ (parents_ << PARENTS_AT));",
      "uint256 kept = BatchHead.unwrap(head) & ~((uint256(type(uint40).max) << BLOCK_AT) ^ (uint256(0xff) << STATUS_AT));",
      "kept ^ (uint256(uint40(ordinal)) << BLOCK_AT) | (uint256(BatchStatus.Sealed) << STATUS_AT)",
      "kept | (uint256(uint40(ordinal)) << BLOCK_AT) ^ (uint256(BatchStatus.Sealed) << STATUS_AT)",
      "return BatchHead.wrap(kept ^ (uint256(BatchStatus.Abandoned) << STATUS_AT));",
    ],
  },
];

/** Why a mutant may survive, or undefined. */
export function answerTo(file: string, reads: string): string | undefined {
  return ACCEPTED.find(
    (known) => known.file === file && known.reads.includes(reads),
  )?.why;
}
