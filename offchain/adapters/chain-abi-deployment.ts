import { Interface } from "ethers";

/** What only a check of a deployment asks the registry, see `chain-abi.ts`. */
export const BOOK = new Interface([
  "function hasRole(bytes32 role, address account) view returns (bool)",
  "function isOffered(bytes32 role, address account) view returns (bool offered)",
  "function defaultAdmin() view returns (address)",
  "function defaultAdminDelay() view returns (uint48)",
  "function pendingDefaultAdmin() view returns (address newAdmin, uint48 schedule)",
  "function pendingDefaultAdminDelay() view returns (uint48 newDelay, uint48 schedule)",
  "event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)",
  "event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)",
  "event RoleOffered(bytes32 indexed role, address indexed account, address indexed sender)",
]);

/** What only a check of a deployment asks the collection. */
export const COLLECTION_SETTINGS = new Interface([
  "function REGISTRY() view returns (address)",
  "function contractURI() view returns (string)",
]);

/** What only a check of a deployment asks the oracle. */
export const ORACLE_SETTINGS = new Interface([
  "function REGISTRY() view returns (address)",
  "function COLLECTION() view returns (address)",
]);

/** What only a check of a deployment asks the DAO's contracts. */
export const DAO_SETTINGS = {
  timelock: new Interface(["function governor() view returns (address)"]),
  governor: new Interface([
    "function timelock() view returns (address)",
    "function token() view returns (address)",
    "function COLLECTION() view returns (address)",
  ]),
  votes: new Interface(["function underlying() view returns (address)"]),
  controller: new Interface([
    "function COLLECTION() view returns (address)",
    "function REGISTRY() view returns (address)",
    "function royaltyReceiver() view returns (address receiver)",
    "function valueOf(uint8 slot) view returns (uint256 value)",
  ]),
  registrarSeat: new Interface([
    "function OWNER() view returns (address)",
    "function REGISTRY() view returns (address)",
  ]),
} as const;
