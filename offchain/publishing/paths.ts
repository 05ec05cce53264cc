import type { Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
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

/** Paths of a token's files inside the directory of an epoch: as in its batch directory, one level below. */
export function epochPaths(id: bigint): ReturnType<typeof tokenPaths> {
  const { batch } = splitTokenId(id);
  const { metadata, image } = tokenPaths(id);
  return { metadata: `${batch}/${metadata}`, image: `${batch}/${image}` };
}

/** What the collection's `tokenURI` returns for a token that shows the epoch with this root. */
export function epochUri(root: Hex, id: bigint): string {
  return `ipfs://${digestToCid(root).toString()}/${epochPaths(id).metadata}`;
}
