import type { Hex } from "../kernel/bytes.ts";
import { digestToCid } from "./cid.ts";

/** Paths of a token's files inside its batch directory. */
export function tokenPaths(id: bigint): {
  readonly metadata: string;
  readonly image: string;
} {
  return { metadata: `${id}.json`, image: `images/${id}.png` };
}

/** Paths of a batch directory that are no token's. */
export const BATCH_PATHS = {
  recipe: "recipe",
  transcript: "transcript.json",
  hashes: "hashes.json",
} as const;

/** What the collection's `tokenURI` returns for a token of a batch with this root. */
export function tokenUri(root: Hex, id: bigint): string {
  return `ipfs://${digestToCid(root).toString()}/${tokenPaths(id).metadata}`;
}
