import type { CID } from "multiformats/cid";

import { toHex, type Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { parseCid, type Hasher } from "../publishing/cid.ts";
import { createDag, type Dag, type GetBlock } from "../publishing/dag.ts";
import { parseMetadata, type TokenMetadata } from "../publishing/metadata.ts";
import { epochUri, tokenPaths, tokenUri } from "../publishing/paths.ts";
import type { Chain } from "./chain.ts";
import { fixedOnChain } from "./derive.ts";
import { ipfsUri } from "./doctor-archives.ts";
import { finding, type Finding } from "./doctor-findings.ts";
import { kindOf } from "./doctor-reading.ts";
import { inOrder } from "./in-order.ts";
import type { Progress } from "./ports-progress.ts";

/** A work whose address and metadata are in order. */
export interface FoundToken {
  readonly id: bigint;
  /** Root of the directory that its address names, and the paths of its files below it. */
  readonly root: CID;
  readonly metadata: string;
  readonly image: string;
}

/** Questions that are under way at once. */
const WIDTH = 8;

/** What a batch says of each of its works. */
interface BatchFacts {
  readonly seed: Hex;
  readonly conditions: Hex;
  readonly recipe: Hex;
}

/**
 * Follows each work's address as a marketplace does: what `tokenURI` really says, the file there, and the picture that it names; and
 * holds all of it to the chain's own events.
 * @param getBlock blocks of the store, or kept from a place; they are checked here.
 */
export async function examineTokens(
  tokens: readonly bigint[],
  {
    chain,
    getBlock,
    hash,
    progress,
  }: {
    readonly chain: Chain;
    readonly getBlock: GetBlock;
    readonly hash: Hasher;
    readonly progress: Progress;
  },
): Promise<{
  readonly found: readonly FoundToken[];
  readonly findings: readonly Finding[];
}> {
  const dag = createDag(getBlock, hash);
  const addresses = await addressesOf(chain);
  const facts = new Map<number, Promise<BatchFacts>>();
  const factsOf = (batch: number): Promise<BatchFacts> => {
    const known = facts.get(batch) ?? readFacts(chain, batch);
    facts.set(batch, known);
    return known;
  };
  const found = new Map<bigint, FoundToken>();
  const findings = new Map<bigint, Finding>();
  let done = 0;
  await inOrder(tokens, WIDTH, async (id) => {
    const batch = Number(splitTokenId(id).batch);
    const uri = await chain.tokenURI(id);
    const token = addresses(id).has(uri) ? locate(id, uri) : undefined;
    const wrong =
      token === undefined
        ? finding(
            "wrong-uri",
            `token ${id}`,
            null,
            `Its address is \`${uri.slice(0, 120)}\`, which is none that its batch or a sound epoch gives it.`,
          )
        : await examine(dag, token, await factsOf(batch));
    if (wrong !== undefined) findings.set(id, wrong);
    else if (token !== undefined) found.set(id, token);
    progress.stage("follow addresses", ++done, tokens.length);
  });
  const inTheirOrder = <T>(by: ReadonlyMap<bigint, T>): T[] =>
    tokens.flatMap((id) => by.get(id) ?? []);
  return { found: inTheirOrder(found), findings: inTheirOrder(findings) };
}

/** Every address that a work may have now: of its batch, or of an epoch that stands. */
async function addressesOf(
  chain: Chain,
): Promise<(id: bigint) => ReadonlySet<string>> {
  const roots = new Map(
    (await chain.sealedEvents()).map(({ batch, root }) => [batch, root]),
  );
  const epochs: Hex[] = [];
  const { count } = await chain.epochs();
  for (let epoch = 1; epoch <= count; epoch++) {
    const { root, voided } = await chain.epochAt(epoch);
    if (!voided) epochs.push(root);
  }
  return (id) => {
    const own = roots.get(Number(splitTokenId(id).batch));
    return new Set([
      ...(own === undefined ? [] : [tokenUri(own, id)]),
      ...epochs.map((root) => epochUri(root, id)),
    ]);
  };
}

async function readFacts(chain: Chain, batch: number): Promise<BatchFacts> {
  const { recipe } = await chain.openedEvent(batch);
  const fixed = await fixedOnChain(batch, { chain, recipe: { id: recipe } });
  return { seed: toHex(fixed.seed), conditions: fixed.conditions, recipe };
}

function locate(id: bigint, uri: string): FoundToken | undefined {
  const parts = ipfsUri(uri);
  if (parts === undefined) return undefined;
  const { cid, path } = parts;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const image = folder + tokenPaths(id).image;
  return { id, root: parseCid(cid), metadata: path, image };
}

async function examine(
  dag: Dag,
  token: FoundToken,
  facts: BatchFacts,
): Promise<Finding | undefined> {
  const subject = `token ${token.id}`;
  try {
    const bytes = await dag.file(token.root, token.metadata);
    const image = await dag.resolve(token.root, token.image);
    const wrong = differences(parseMetadata(bytes), token.id, {
      ...facts,
      image: `ipfs://${image.toString()}`,
    });
    if (wrong.length === 0) return undefined;
    const why = `Its metadata is another's, or wrong, in: ${wrong.join(", ")}.`;
    return finding("bad-metadata", subject, null, why);
  } catch (error) {
    if (isLoopError(error, "publishing/no-such-path"))
      return finding("wrong-uri", subject, null, error.message);
    if (isLoopError(error, "publishing/bad-metadata"))
      return finding("bad-metadata", subject, null, error.message);
    const kind = kindOf(error);
    if (kind === undefined) throw error;
    return finding(kind, subject, null, (error as Error).message);
  }
}

/** What of a work's metadata is not as it must be, by the names of the fields. */
export function differences(
  { name, image, properties }: TokenMetadata,
  id: bigint,
  facts: BatchFacts & { readonly image: string },
): string[] {
  const { batch, index } = splitTokenId(id);
  const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
    name: [name.endsWith(` #${id}`), true],
    image: [image, facts.image],
    batch: [properties.batch, Number(batch)],
    index: [properties.index, index],
    seed: [properties.seed, facts.seed],
    conditions: [properties.conditions, facts.conditions],
    recipe: [properties.recipe.id, facts.recipe],
  };
  return Object.keys(pairs).filter(
    (key) => pairs[key]?.[0] !== pairs[key]?.[1],
  );
}
