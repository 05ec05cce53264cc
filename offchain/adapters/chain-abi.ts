import { Interface } from "ethers";

/**
 * What we call, read and can be refused with, in ethers' readable form: the adapter works before anything is compiled, and a test
 * holds every line to the compiled contracts.
 */
export const COLLECTION = new Interface([
  "function open(address to, bytes32 recipe, uint256 count, bytes32 conditions) returns (uint256 batch)",
  "function seal(uint256 batch, bytes32 root, bytes32 blockHash)",
  "function sealForged(uint256 child, bytes32 root, bytes32 blockHash, uint256[] parents)",
  "function forge(uint256[] parents, tuple(bytes32 recipe, bytes32 conditions, uint256 parents) terms) returns (uint256 child)",
  "function setForgeTerms(tuple(bytes32 recipe, bytes32 conditions, uint256 parents) terms)",
  "function burn(uint256 tokenId)",
  "function abandon(uint256 batch)",
  "function batchOf(uint256 batch) view returns (tuple(address to, uint8 status, uint256 count, uint256 openBlock, uint256 sealOrdinal, uint256 recipe, bytes32 root, uint256 generation, uint256 parents) info)",
  "function totals() view returns (tuple(uint256 batches, uint256 seals, uint256 abandoned, uint256 minted, uint256 reserved) counts)",
  "function tokenURI(uint256 tokenId) view returns (string)",
  "function ownerOf(uint256 tokenId) view returns (address)",
  "function lockOf(uint256 tokenId) view returns (uint256 child)",
  "function forgeTerms() view returns (tuple(bytes32 recipe, bytes32 conditions, uint256 parents) terms)",
  "function limits() view returns (tuple(bool paused, uint256 worksPerDay, uint256 day, uint256 spent) info)",
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function owner() view returns (address)",
  "function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns (address receiver, uint256 royaltyAmount)",
  "function getTransferValidator() view returns (address validator)",
  "function MAX_SUPPLY() view returns (uint256)",
  "function SEED_DELAY() view returns (uint256)",
  "function SEAL_WINDOW() view returns (uint256)",
  "event Opened(uint256 indexed batch, bytes32 indexed recipe, address indexed to, uint256 count, bytes32 conditions)",
  "event Sealed(uint256 indexed batch, bytes32 indexed recipe, bytes32 root, bytes32 blockHash, uint256 ordinal)",
  "event Forged(uint256 indexed child, address indexed holder, uint256 generation, uint256[] parents)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
  "event Abandoned(uint256 indexed batch, address indexed by)",
  "error LoopCollectionCountOutOfRange(uint256 count, uint256 max)",
  "error LoopCollectionSupplyExceeded(uint256 count, uint256 left)",
  "error LoopCollectionBatchNotOpen(uint256 batch, uint8 status)",
  "error LoopCollectionRootMissing(uint256 batch)",
  "error LoopCollectionSealTooEarly(uint256 batch, uint256 seedBlock)",
  "error LoopCollectionSealTooLate(uint256 batch, uint256 lastBlock)",
  "error LoopCollectionSeedHashUnavailable(uint256 batch, uint256 seedBlock)",
  "error LoopCollectionSeedHashMismatch(uint256 batch, bytes32 given, bytes32 actual)",
  "error LoopCollectionAbandonTooEarly(uint256 batch, uint256 lastBlock)",
  "error LoopCollectionPaused()",
  "error LoopCollectionDailyLimitExceeded(uint256 count, uint256 left)",
  "error LoopCollectionGenerationForbidden(bytes32 conditions)",
  "error LoopCollectionForgeClosed()",
  "error LoopCollectionForgeTermsChanged()",
  "error LoopCollectionParentsMissing(uint256 given, uint256 needed)",
  "error LoopCollectionParentsOutOfRange(uint256 parents)",
  "error LoopCollectionGenerationTooHigh(uint256 max)",
  "error LoopCollectionForged(uint256 batch)",
  "error LoopCollectionNotForged(uint256 batch)",
  "error ERC721BatchTokenLocked(uint256 tokenId, uint256 child)",
  "error ERC721BatchTokenNotLocked(uint256 tokenId, uint256 child)",
  "error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)",
  "error ERC721InsufficientApproval(address operator, uint256 tokenId)",
  "error ERC721InvalidReceiver(address receiver)",
  "error ERC721NonexistentToken(uint256 tokenId)",
]);

/** The recipe registry; see {@link COLLECTION}. */
export const REGISTRY = new Interface([
  "function register(bytes32 id) returns (uint256 number)",
  "function revoke(bytes32 id)",
  "function hasRole(bytes32 role, address account) view returns (bool)",
  "event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)",
  "error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
  "function count() view returns (uint256 recipes)",
  "function list(uint256 first, uint256 limit) view returns (tuple(bytes32 id, bool revoked)[] page)",
  "error RecipeRegistryIdMissing()",
  "error RecipeRegistryAlreadyRegistered(bytes32 id, uint256 number)",
  "error RecipeRegistryFull()",
  "error RecipeRegistryUnknown(bytes32 id)",
  "error RecipeRegistryUnknownNumber(uint256 number)",
  "error RecipeRegistryRevoked(bytes32 id)",
  "error RecipeRegistryUnauthorizedRevoker(address account)",
]);

/** What a contract must have to receive tokens. */
export const RECEIVER = new Interface([
  "function onERC721Received(address operator, address from, uint256 tokenId, bytes data) returns (bytes4)",
]);
