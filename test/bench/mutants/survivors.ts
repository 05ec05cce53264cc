/** Mutants that no test can or need kill, for one reason. */
export interface Survivors {
  readonly why: string;
  readonly file: string;
  /** The changed lines, each as it reads in its mutant. */
  readonly reads: readonly string[];
}

const NO_OVERLAP =
  "equivalent: the fields do not overlap, so that joining them by | and by ^ is the same";

const UNSIGNED = "equivalent: nothing unsigned is below zero";

const SAME_WHERE_EQUAL =
  "equivalent: where both are equal, both branches give the same";

const LOOP =
  "equivalent: the index goes up by one and meets the count, so that the loop ends where it did";

/** Survivors that are accepted, each with its reason. Any other survivor fails the run. */
export const ACCEPTED: readonly Survivors[] = [
  {
    why: LOOP,
    file: "contracts/token/ERC721Batch.sol",
    reads: ["for (uint256 tokenId = first; tokenId != end; ++tokenId) {"],
  },
  {
    why: UNSIGNED,
    file: "contracts/access/LoopRoles.sol",
    reads: [
      "if (role <= DEFAULT_ADMIN_ROLE) revert AccessControlEnforcedDefaultAdminRules();",
    ],
  },
  {
    why: SAME_WHERE_EQUAL,
    file: "contracts/libraries/SplitLib.sol",
    reads: ["return share >=  drawn ? share - drawn : 0;"],
  },
  {
    why: SAME_WHERE_EQUAL,
    file: "contracts/royalty/RoyaltySplitter.sol",
    reads: ["return due <= held ? due : held;"],
  },
  {
    why: SAME_WHERE_EQUAL,
    file: "contracts/registry/RecipeRegistry.sol",
    reads: ["page = new Recipe[](limit <= left ? limit : left);"],
  },
  {
    why: SAME_WHERE_EQUAL,
    file: "contracts/token/LoopCollection.sol",
    reads: ["if (own <= generation) generation = own;"],
  },
  {
    why: "equivalent: the generation starts at the last one and only falls",
    file: "contracts/token/LoopCollection.sol",
    reads: [
      "require(generation  < MAX_GENERATION, LoopCollectionGenerationTooHigh(MAX_GENERATION));",
    ],
  },
  {
    why: "equivalent: base constructors run in the order of inheritance, wherever they are named",
    file: "contracts/token/LoopCollection.sol",
    reads: ["constructor("],
  },
  {
    why: "equivalent: what is added lies above the 160 bits that are read, and a royalty leaves room for it",
    file: "contracts/types/Royalty.sol",
    reads: ["return address(uint160(Royalty.unwrap(royalty) + RECEIVERS));"],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/registry/RecipeRegistry.sol",
    reads: [
      "_entries[id] = number ^ (dataset << DATASET_AT);",
      "_entries[id] ^= REVOKED;",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/token/LoopCollection.sol",
    reads: [
      "bytes32 conditions = bytes32(uint256(current.conditions) ^ (generation << GENERATION_AT));",
    ],
  },
  {
    why: "equivalent: the count goes up by one and stops there, so it is never above",
    file: "contracts/registry/RecipeRegistry.sol",
    reads: ["require(_count  < REVOKED - 1, RecipeRegistryFull());"],
  },
  {
    why: UNSIGNED,
    file: "contracts/libraries/CidLib.sol",
    reads: ["for (uint256 i = LETTERS - 1; i != 0; --i) {"],
  },
  {
    why: LOOP,
    file: "contracts/registry/RecipeRegistry.sol",
    reads: ["for (uint256 i = 0; i != page.length; ++i) {"],
  },
  {
    why: LOOP,
    file: "contracts/registry/DatasetRegistry.sol",
    reads: ["for (uint256 i = 0; i != page.length; ++i) {"],
  },
  {
    why: SAME_WHERE_EQUAL,
    file: "contracts/registry/DatasetRegistry.sol",
    reads: ["page = new Dataset[](limit <= left ? limit : left);"],
  },
  {
    why: LOOP,
    file: "contracts/royalty/RoyaltySplitter.sol",
    reads: ["for (uint256 i = 0; i != count; ++i) {"],
  },
  {
    why: LOOP,
    file: "contracts/token/LoopCollection.sol",
    reads: [
      "for (uint256 i = 0; i != needed; ++i) {",
      "for (uint256 i = 0; i != parents.length; ++i) {",
    ],
  },
  {
    why: "equivalent: nothing of 32 bits is above the greatest number of 32 bits",
    file: "contracts/types/TokenWord.sol",
    reads: [
      "require(word.transfers()  < type(uint32).max, TokenWordTransfersExhausted());",
    ],
  },
  {
    why: SAME_WHERE_EQUAL,
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
      "return TokenWord.wrap(kept ^ uint160(holder) | (newPin << PIN_AT));",
      "return TokenWord.wrap(kept | uint160(holder) ^ (newPin << PIN_AT));",
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
  {
    why: LOOP,
    file: "contracts/token/DynamicTraits.sol",
    reads: [
      "for (uint256 i = 0; i != traitKeys.length; ++i) traitValues[i] = bytes32(_traitOf(tokenId, traitKeys[i]));",
    ],
  },
  {
    why: "equivalent: the epoch was sound until now, so its bit is not set",
    file: "contracts/token/EpochList.sol",
    reads: ["_voided[epoch / BITS] ^= 1 << (epoch % BITS);"],
  },
  {
    why: "equivalent: what lies above the epoch that is shown was voided, and so is refused before",
    file: "contracts/token/EpochList.sol",
    reads: ["if (epoch >= book.shown()) {"],
  },
  {
    why: "equivalent: the one bit more is that of the epoch itself, which was just voided",
    file: "contracts/token/EpochList.sol",
    reads: ["uint256 sound = ~_voided[place] & ((2 << (epoch % BITS)) - 1);"],
  },
  {
    why: "equivalent: of a number modulo two, one is all that is not below one",
    file: "contracts/types/Dials.sol",
    reads: [
      "return dials.turnedBy(act) == (act % 2 >= 1 ? END : -END);",
      "int256 dial = dials.turnedBy(act) + (act % 2 >= 1 ? int256(1) : -1);",
    ],
  },
  {
    why: "equivalent: one bit is not below one only where it is one",
    file: "contracts/types/Observation.sol",
    reads: ["bool observed = (word >> (MASK_AT + field)) & 1 >= 1;"],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/EpochBook.sol",
    reads: [
      "kept ^ (next << COUNT_AT) | (next << SHOWN_AT) | (round_ << ROUND_AT) | (covered_ << COVERED_AT)",
      "kept | (next << COUNT_AT) ^ (next << SHOWN_AT) | (round_ << ROUND_AT) | (covered_ << COVERED_AT)",
      "kept | (next << COUNT_AT) | (next << SHOWN_AT) ^ (round_ << ROUND_AT) | (covered_ << COVERED_AT)",
      "kept | (next << COUNT_AT) | (next << SHOWN_AT) | (round_ << ROUND_AT) ^ (covered_ << COVERED_AT)",
      "return EpochBook.wrap((EpochBook.unwrap(book) & ~SHOWN_MASK) ^ (epoch << SHOWN_AT));",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/EpochWord.sol",
    reads: [
      "return EpochWord.wrap(round_ ^ (covered_ << COVERED_AT) | (uint256(uint40(time_)) << TIME_AT));",
      "return EpochWord.wrap(round_ | (covered_ << COVERED_AT) ^ (uint256(uint40(time_)) << TIME_AT));",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/Observation.sol",
    reads: [
      "(1 << 248) ^ (5_000 << SENTIMENT_AT) | (5_000 << 24) | (10_000 << 8) | 9;",
      "(1 << 248) | (5_000 << SENTIMENT_AT) ^ (5_000 << 24) | (10_000 << 8) | 9;",
      "(1 << 248) | (5_000 << SENTIMENT_AT) | (5_000 << 24) ^ (10_000 << 8) | 9;",
      "(1 << 248) | (5_000 << SENTIMENT_AT) | (5_000 << 24) | (10_000 << 8) ^ 9;",
    ],
  },
  {
    why: "of the contracts before the oracle's adapters: a body that its only heir replaced; the heir calls it now, so it is tested",
    file: "contracts/token/ERC721Batch.sol",
    reads: [
      "return tokenId + IDS_PER_BATCH;",
      "return tokenId * IDS_PER_BATCH;",
      "return tokenId ** IDS_PER_BATCH;",
      "/* return tokenId / IDS_PER_BATCH; */",
    ],
  },
  {
    why: "equivalent: both bodies are the same",
    file: "contracts/token/LoopCollection.sol",
    reads: ["uint256 own = _heads[super._batchOf(parents[i])].generation();"],
  },
  {
    why: "equivalent: nothing of 16 bits is above the name of genesis",
    file: "contracts/token/PinnedURIs.sol",
    reads: ["if (pin >= GENESIS_PIN) return 0;"],
  },
  {
    why: LOOP,
    file: "contracts/token/PinnedURIs.sol",
    reads: ["for (uint256 epoch = 0; epoch != uris.length; ++epoch) {"],
  },
  {
    why: "equivalent: one bit is not below one only where it is one",
    file: "contracts/token/EpochList.sol",
    reads: ["return (_voided[epoch / BITS] >> (epoch % BITS)) & 1 >= 1;"],
  },
  {
    why: "equivalent: fields below the fourth never come here",
    file: "contracts/types/Observation.sol",
    reads: ["return uint256(type(uint48).max) << (field <= 4 ? 128 : 80);"],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/Observation.sol",
    reads: [
      "uint256 private constant FIXED = (uint256(0xffc0) << MASK_AT) ^ type(uint40).max;",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/Dials.sol",
    reads: [
      "return Dials.wrap(kept ^ (uint256(uint8(int8(dial))) << _shift(act)));",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/EpochBook.sol",
    reads: [
      "return EpochBook.wrap((EpochBook.unwrap(book) & ~ORACLE_MASK) ^ uint160(newOracle));",
    ],
  },
  {
    why: NO_OVERLAP,
    file: "contracts/types/RoundWord.sol",
    reads: [
      "return RoundWord.wrap(uint40(block_) | (uint256(uint40(time_)) << TIME_AT) ^ (seals_ << SEALS_AT));",
    ],
  },
];

/** Why a mutant may survive, or undefined. */
export function answerTo(file: string, reads: string): string | undefined {
  return ACCEPTED.find(
    (known) => known.file === file && known.reads.includes(reads),
  )?.why;
}
