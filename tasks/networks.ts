/** A public chain that this project is configured for. */
export interface PublicNetwork {
  readonly chainId: number;
  /** As Hardhat 3 wants it. */
  readonly chainType: "l1" | "op" | "generic";
  /** What its gas is paid in. */
  readonly coin: string;
  /** Seconds from block to block, roughly. */
  readonly blockSeconds: number;
  /** Fewest blocks from an opening to its seed block. */
  readonly seedDelay: number;
  /** Why so many, as the end of a sentence. */
  readonly why: string;
  readonly explorer: string;
}

const FINAL =
  "the seed word is the beacon chain's randomness of that very block, which nobody knows before";
const ORIGIN =
  "the seed word is the randomness of an L1 block that lies up to minutes back, so the delay must outlast that lag";
const PRODUCER =
  "headers carry no randomness, so the block's own hash is the seed word, and a few producers should have taken turns in between";
const FOREIGN =
  "`block.number` is that of L1 there and headers carry no randomness: the contracts refuse this chain";

/** Every public network; hardhat.config.ts is derived from it. */
export const NETWORKS: Readonly<Record<string, PublicNetwork>> = {
  mainnet: {
    chainId: 1,
    chainType: "l1",
    coin: "ETH",
    blockSeconds: 12,
    seedDelay: 4,
    why: FINAL,
    explorer: "https://etherscan.io",
  },
  sepolia: {
    chainId: 11_155_111,
    chainType: "l1",
    coin: "ETH",
    blockSeconds: 12,
    seedDelay: 4,
    why: FINAL,
    explorer: "https://sepolia.etherscan.io",
  },
  base: {
    chainId: 8_453,
    chainType: "op",
    coin: "ETH",
    blockSeconds: 2,
    seedDelay: 240,
    why: ORIGIN,
    explorer: "https://basescan.org",
  },
  "base-sepolia": {
    chainId: 84_532,
    chainType: "op",
    coin: "ETH",
    blockSeconds: 2,
    seedDelay: 240,
    why: ORIGIN,
    explorer: "https://sepolia.basescan.org",
  },
  polygon: {
    chainId: 137,
    chainType: "generic",
    coin: "POL",
    blockSeconds: 2,
    seedDelay: 64,
    why: PRODUCER,
    explorer: "https://polygonscan.com",
  },
  amoy: {
    chainId: 80_002,
    chainType: "generic",
    coin: "POL",
    blockSeconds: 2,
    seedDelay: 64,
    why: PRODUCER,
    explorer: "https://amoy.polygonscan.com",
  },
  arbitrum: {
    chainId: 42_161,
    chainType: "generic",
    coin: "ETH",
    blockSeconds: 0.25,
    seedDelay: 240,
    why: FOREIGN,
    explorer: "https://arbiscan.io",
  },
  "arbitrum-sepolia": {
    chainId: 421_614,
    chainType: "generic",
    coin: "ETH",
    blockSeconds: 0.25,
    seedDelay: 240,
    why: FOREIGN,
    explorer: "https://sepolia.arbiscan.io",
  },
};

/** The beginning of the names of a network's configuration variables, for instance BASE_SEPOLIA. */
export function variablePrefix(network: string): string {
  return network.toUpperCase().replaceAll("-", "_");
}

/**
 * The configuration variables that hold the keys of whoever runs a command: those that LOOP_KEYS names (commas between them), else
 * `<NETWORK>_PRIVATE_KEY`. Only names: the values come from the keystore or from the environment, when they are needed.
 */
export function keyVariables(
  network: string,
  listed: string | undefined,
): string[] {
  const names = (listed ?? "").split(",").map((name) => name.trim());
  const given = names.filter((name) => name !== "");
  return given.length > 0 ? given : [`${variablePrefix(network)}_PRIVATE_KEY`];
}
