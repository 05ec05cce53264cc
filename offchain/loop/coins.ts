/** A chain's own coin. */
export interface Coin {
  readonly symbol: string;
  /** What CoinGecko calls it; undefined where it is worth nothing. */
  readonly market: string | undefined;
}

const ETHER: Coin = { symbol: "ETH", market: "ethereum" };
const POL: Coin = { symbol: "POL", market: "polygon-ecosystem-token" };
const worthless = ({ symbol }: Coin): Coin => ({ symbol, market: undefined });

/** Chains whose coin is not ether, and those whose coin is handed out for nothing. */
const COINS: ReadonlyMap<number, Coin> = new Map([
  [137, POL],
  [80_002, worthless(POL)],
  [11_155_111, worthless(ETHER)],
  [84_532, worthless(ETHER)],
  [421_614, worthless(ETHER)],
  [31_337, worthless(ETHER)],
]);

/** The coin that a chain's gas is paid in; ether where nothing else is known. */
export function coinOf(chainId: number): Coin {
  return COINS.get(chainId) ?? ETHER;
}
