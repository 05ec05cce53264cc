import { formatUnits } from "ethers";

/** Wei as coins, with as many digits as tell something. */
export function coins(wei: bigint): string {
  return shortened(formatUnits(wei, 18));
}

/** Wei as billionths of a coin, in which gas is priced. */
export function gwei(wei: bigint): string {
  return shortened(formatUnits(wei, 9));
}

/** Four digits behind the first one that is not zero. */
function shortened(text: string): string {
  const [whole = "0", part = ""] = text.split(".");
  if (whole !== "0")
    return part === "0" ? whole : `${whole}.${part.slice(0, 4)}`;
  const first = part.search(/[1-9]/);
  return first < 0 ? "0" : `0.${part.slice(0, first + 4)}`;
}
