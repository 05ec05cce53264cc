import { Interface } from "ethers";

/**
 * What we call, read and can be refused with, in ethers' readable form: the adapter works before anything is compiled, and a test
 * holds every line to the compiled contracts.
 */
export const COLLECTION = new Interface([
  "function open(address to, bytes32 recipe, uint256 count, bytes32 conditions) returns (uint256 batch)",
  "function seal(uint256 batch, bytes32 root, bytes32 blockHash)",
  "function abandon(uint256 batch)",
  "function batchOf(uint256 batch) view returns (tuple(address to, uint8 status, uint256 count, uint256 openBlock, uint256 sealOrdinal, uint256 recipe, bytes32 root) info)",
  "function totals() view returns (tuple(uint256 batches, uint256 seals, uint256 abandoned, uint256 minted, uint256 reserved) counts)",
  "function tokenURI(uint256 tokenId) view returns (string)",
  "function SEED_DELAY() view returns (uint256)",
  "function SEAL_WINDOW() view returns (uint256)",
  "event Opened(uint256 indexed batch, bytes32 indexed recipe, address indexed to, uint256 count, bytes32 conditions)",
  "event Sealed(uint256 indexed batch, bytes32 indexed recipe, bytes32 root, bytes32 blockHash, uint256 ordinal)",
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
  "error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
  "error ERC721InvalidReceiver(address receiver)",
  "error ERC721NonexistentToken(uint256 tokenId)",
]);

/** The recipe registry; see {@link COLLECTION}. */
export const REGISTRY = new Interface([
  "function register(bytes32 id) returns (uint256 number)",
  "function revoke(bytes32 id)",
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
