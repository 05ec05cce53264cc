import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { tokenId } from "../kernel/ids.ts";
import { collectBlocks } from "../publishing/block-sink.ts";
import {
  cidToDigest,
  parseCid,
  type Block,
  type Hasher,
} from "../publishing/cid.ts";
import {
  collectionBytes,
  COLLECTION_FILE,
} from "../publishing/collection-metadata.ts";
import { tokenPaths } from "../publishing/paths.ts";
import { pictureExtension } from "../publishing/picture-type.ts";
import { buildDirectory } from "../publishing/unixfs-directory.ts";
import { buildFile, fileCid } from "../publishing/unixfs-file.ts";
import type { NamedEntry } from "../publishing/unixfs-node.ts";
import type { Chain } from "./chain.ts";
import type { Archives } from "./ports-archive.ts";
import type { Recipe } from "./recipe.ts";

/** A picture of the page, as bytes and under the name it was given by. */
export interface PagePicture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is asked for; what is left out follows from the chain and the recipe. */
export interface PageRequest {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly externalLink?: string | undefined;
  readonly collaborators?: readonly Hex[] | undefined;
  /** The first work of the newest batch if it is left out. */
  readonly image?: PagePicture | undefined;
  readonly banner?: PagePicture | undefined;
  readonly featured?: PagePicture | undefined;
}

/** The collection's directory, built and not yet anywhere. */
export interface Page {
  /** What `contractURI` shall be. */
  readonly uri: string;
  readonly root: string;
  readonly digest: Hex;
  /** Files by name; `collection.json` is one of them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly blocks: readonly Block[];
  /** Where the image comes from. */
  readonly image: string;
}

/** What building a page needs of the world. */
export interface PagePorts {
  readonly chain: Chain;
  readonly archives: Archives;
  readonly hash: Hasher;
}

/**
 * Builds the directory that `contractURI` names: `collection.json` and its pictures. The same request on the same chain gives the same
 * bytes: it holds no time and nothing of this machine.
 * @throws FatalError `collection/no-picture`, `publishing/bad-picture`, `publishing/bad-collection`.
 */
export async function buildPage(
  request: PageRequest,
  recipe: Recipe,
  { chain, archives, hash }: PagePorts,
): Promise<Page> {
  const { chainId, collection } = await chain.instance();
  const view = await chain.collectionView();
  const { seedDelay } = await chain.timing();
  const image = request.image ?? (await newestWork(chain, archives));
  const files = new Map<string, Uint8Array>();
  const place = async (
    role: string,
    picture: PagePicture | undefined,
  ): Promise<string | undefined> => {
    if (picture === undefined) return undefined;
    const { bytes, name } = picture;
    files.set(`${role}.${pictureExtension(bytes, name)}`, bytes);
    return fileCid(bytes);
  };
  const { manifest } = recipe;
  const facts = {
    name: request.name ?? view.name,
    symbol: view.symbol,
    description: request.description ?? manifest.description,
    image: (await place("image", image)) as string,
    banner: await place("banner", request.banner),
    featured: await place("featured", request.featured),
    externalLink: request.externalLink ?? manifest.externalUrl ?? undefined,
    collaborators: request.collaborators,
    chainId,
    collection,
    recipes: (await chain.recipes()).map(({ id }) => id),
    recipe,
    seedDelay,
  };
  files.set(COLLECTION_FILE, collectionBytes(facts));

  const sink = collectBlocks();
  const target = { sink, hash };
  const entries: NamedEntry[] = [];
  for (const [name, bytes] of files)
    entries.push({ name, ...(await buildFile(target, bytes)) });
  const { cid } = await buildDirectory(target, entries);
  const root = cid.toString();
  return {
    uri: `ipfs://${root}/${COLLECTION_FILE}`,
    root,
    digest: cidToDigest(cid),
    files,
    blocks: sink.blocks,
    image: image.name,
  };
}

/** Writes the archive of a page to `car` and keeps it in the store; a block that two of its files share is written once. */
export async function keepPage(
  { root, digest, blocks }: Page,
  car: string,
  archives: Archives,
): Promise<void> {
  const sink = await archives.create(car);
  const written = new Set<string>();
  try {
    for (const block of blocks) {
      const cid = block.cid.toString();
      if (written.has(cid)) continue;
      written.add(cid);
      await sink.put(block);
    }
    await sink.finish(parseCid(root));
  } catch (error) {
    await sink.abort();
    throw error;
  }
  await archives.keep(digest, car);
}

/** The picture of the first work of the newest batch whose archive is here: square, and made by the collection itself. */
async function newestWork(
  chain: Chain,
  archives: Archives,
): Promise<PagePicture> {
  for (const { batch, root } of (await chain.sealedEvents()).toReversed()) {
    const archive = await archives.find(root);
    if (archive === undefined) continue;
    try {
      const id = tokenId(batch, 0);
      const bytes = await archive.read(tokenPaths(id).image);
      return { name: `token ${id}`, bytes };
    } finally {
      await archive.close();
    }
  }
  throw new FatalError(
    "collection/no-picture",
    "No archive of any batch is in the store, so there is no picture to take; give --image, or mint here first.",
  );
}
