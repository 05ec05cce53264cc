import type { Hex } from "../kernel/bytes.ts";
import { digestToCid } from "../publishing/cid.ts";
import type { Chain } from "./chain.ts";

/** Something that must be held wherever archives are held. */
export interface PublishedArchive {
  /** `batch 1`, `epoch 2`, `recipe 1`, `collection`. */
  readonly name: string;
  readonly kind: "batch" | "epoch" | "recipe" | "collection";
  /** Of the batch, the epoch or the recipe; 0 for the collection's own metadata. */
  readonly number: number;
  /** CID of its root. */
  readonly cid: string;
  /** Recipe that a batch carries with it. */
  readonly recipe?: Hex;
}

/**
 * Every archive that the chain names: sealed batches in the order of their sealing, epochs, registered recipes, and the collection's
 * metadata where it lies in IPFS. Epochs that were taken back are among them: later ones may link what they painted.
 */
export async function publishedArchives(
  chain: Chain,
): Promise<readonly PublishedArchive[]> {
  const found: PublishedArchive[] = [];
  const sealed = [...(await chain.sealedEvents())];
  for (const { batch, root, recipe } of sealed.sort(
    (a, b) => a.ordinal - b.ordinal,
  ))
    found.push({
      name: `batch ${batch}`,
      kind: "batch",
      number: batch,
      cid: digestToCid(root).toString(),
      recipe,
    });
  for (const { number, id, revoked } of await chain.recipes()) {
    // What nothing was ever made of and nothing ever will be is nobody's loss.
    if (revoked && !sealed.some(({ recipe }) => recipe === id)) continue;
    found.push({
      name: `recipe ${number}`,
      kind: "recipe",
      number,
      cid: digestToCid(id).toString(),
      recipe: id,
    });
  }
  const { count } = await chain.epochs();
  for (let epoch = 1; epoch <= count; epoch++) {
    const { root, voided } = await chain.epochAt(epoch);
    const cid = digestToCid(root).toString();
    const name = `${epoch}${voided ? " (voided)" : ""}`;
    // Where nothing had changed, several epochs are one directory.
    const same = found.findIndex((archive) => archive.cid === cid);
    const first = found[same];
    if (first === undefined)
      found.push({ name: `epoch ${name}`, kind: "epoch", number: epoch, cid });
    else found[same] = { ...first, name: `${first.name}, ${name}` };
  }
  const own = ipfsUri(await chain.contractURI());
  if (own !== undefined)
    found.push({
      name: "collection",
      kind: "collection",
      number: 0,
      cid: own.cid,
    });
  return found;
}

/** The parts of an `ipfs://` address of our profile; undefined for anything else. */
export function ipfsUri(
  uri: string,
): { readonly cid: string; readonly path: string } | undefined {
  const [, cid, path = ""] =
    /^ipfs:\/\/(b[a-z2-7]{58})(?:\/(.*))?$/.exec(uri) ?? [];
  return cid === undefined ? undefined : { cid, path };
}
