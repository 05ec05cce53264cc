import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CID } from "multiformats/cid";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { archiveFile } from "../../offchain/adapters/car-sending.ts";
import type { ArchiveFile, PinTarget } from "../../offchain/loop/ports-pins.ts";
import {
  checkCarStream,
  type CarFound,
} from "../../offchain/publishing/car-stream.ts";
import { carOf } from "./car-bytes.ts";
import type { Tree } from "./unixfs-trees.ts";

/** The archive of a tree as a file in a folder. */
export async function sendable(
  folder: string,
  tree: Tree,
): Promise<ArchiveFile> {
  const { bytes, root } = await carOf(tree);
  const path = join(folder, `${root.toString()}.car`);
  await writeFile(path, bytes);
  return archiveFile(path);
}

/** Reads an archive back from a target, as before a sealing; throws as `checkCarStream` if it is not whole. */
export function readBack(
  target: PinTarget,
  archive: ArchiveFile,
  { exact = true }: { readonly exact?: boolean } = {},
): Promise<CarFound> {
  return checkCarStream(target.read(archive.root), {
    root: CID.parse(archive.root),
    expected: archive.blocks,
    exact,
    hash: nativeSha256,
  });
}

/** All of a stream, for a test that expects it to fail. */
export async function drain(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const piece of bytes) length += piece.length;
  return length;
}
