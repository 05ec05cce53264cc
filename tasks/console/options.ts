import { availableParallelism } from "node:os";
import { resolve } from "node:path";

import { getAddress, ZeroAddress } from "ethers";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Royalty } from "../../offchain/loop/chain.ts";
import { FatalError, type ErrorCode } from "../../offchain/kernel/errors.ts";

/** Most works one command mints. */
export const MAX_COUNT = 10_000;
const MAX_WORKERS = 64;
/** The cap that no contract passes. */
const MAX_ROYALTY_BPS = 1_000;

/** A whole number from `low` to `high`, written in digits. */
export function parseWhole(
  text: string,
  {
    what,
    low,
    high,
    code,
  }: {
    readonly what: string;
    readonly low: number;
    readonly high: number;
    readonly code: ErrorCode;
  },
): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  throw new FatalError(
    code,
    `\`${text}\` is no ${what}; give a whole number from ${low} to ${high}.`,
  );
}

/** `--count`: 1..10,000, 12 when left out. */
export function parseCount(text = "12"): number {
  return parseWhole(text, {
    what: "count",
    low: 1,
    high: MAX_COUNT,
    code: "options/bad-count",
  });
}

/** `--workers`: 1..64, one for each core when left out. */
export function parseWorkers(
  text = `${Math.min(MAX_WORKERS, availableParallelism())}`,
): number {
  return parseWhole(text, {
    what: "number of workers",
    low: 1,
    high: MAX_WORKERS,
    code: "options/bad-workers",
  });
}

/** `--size`: one of the recipe's sides, its default when left out. */
export function parseSize(
  text: string | undefined,
  {
    sizes,
    defaultSize,
  }: { readonly sizes: readonly number[]; readonly defaultSize: number },
): number {
  if (text === undefined) return defaultSize;
  const size = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (sizes.includes(size)) return size;
  throw new FatalError(
    "options/bad-size",
    `\`${text}\` is no size of this recipe; give one of ${sizes.join(", ")} pixels.`,
  );
}

/** `--to`: an address, checksummed if it has capitals; not zero. */
export function parseAddress(text: string): Hex {
  let address: string = ZeroAddress;
  try {
    address = getAddress(text);
  } catch {
    // Falls through to the sentence below, which says more than the library's.
  }
  if (address !== ZeroAddress) return address.toLowerCase() as Hex;
  throw new FatalError(
    "options/bad-address",
    `\`${text}\` is no address that can own a work; give 0x and 40 hexadecimal digits.`,
  );
}

/** Addresses, commas between them; undefined when left out. */
export function parseAddresses(
  text: string | undefined,
): readonly Hex[] | undefined {
  return text?.split(",").map((each) => parseAddress(each.trim()));
}

/** A royalty as RECEIVER:BPS, for instance 0x...:500 for 5 %. */
export function parseRoyalty(text: string): Royalty {
  const [receiver = "", bps = ""] = text.split(":");
  return {
    receiver: parseAddress(receiver),
    bps: parseWhole(bps, {
      what: "royalty in hundredths of a percent",
      low: 0,
      high: MAX_ROYALTY_BPS,
      code: "options/bad-royalty",
    }),
  };
}

/** `--token`: a token id. */
export function parseToken(text: string | undefined): bigint {
  if (text !== undefined && /^\d{7,20}$/.test(text)) return BigInt(text);
  throw new FatalError(
    "options/bad-token",
    `\`${text ?? "nothing"}\` is no token id; give --token with a number from 1000000 on.`,
  );
}

/** Most works that one command burns. */
const MAX_TOKENS = 100;

/** `--tokens`, or another option of this kind: distinct token ids, commas between them. */
export function parseTokens(
  text: string | undefined,
  option = "--tokens",
): bigint[] {
  const parts = (text ?? "").split(",").map((part) => part.trim());
  const good =
    parts.length <= MAX_TOKENS &&
    parts.every((part) => /^\d{7,20}$/.test(part));
  const tokens = good ? parts.map(BigInt) : [];
  if (good && new Set(tokens).size === tokens.length) return tokens;
  throw new FatalError(
    "options/bad-tokens",
    `\`${text ?? "nothing"}\` is no list of works; give ${option} with 1 to ${MAX_TOKENS} different token ids, for instance 1000000,1000001.`,
  );
}

/** `--out`: an absolute path. */
export function parseFolder(text = "out"): string {
  return resolve(text);
}

/** `--pin`: places, commas between them; undefined when left out. */
export function parsePlaces(
  pin: string | undefined,
): readonly string[] | undefined {
  return pin?.split(",").map((name) => name.trim());
}
