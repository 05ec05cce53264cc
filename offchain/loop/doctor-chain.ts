import { z } from "zod";

import { isLoopError } from "../kernel/errors.ts";
import type { Hasher } from "../publishing/cid.ts";
import { parseCid } from "../publishing/cid.ts";
import { createDag, type GetBlock } from "../publishing/dag.ts";
import { parseJson } from "../kernel/schema.ts";
import type { Chain } from "./chain.ts";
import { ipfsUri } from "./doctor-archives.ts";
import { finding, type Finding } from "./doctor-findings.ts";
import { kindOf } from "./doctor-reading.ts";

/** What of ERC-7572's fields marketplaces cannot do without. */
const collectionMetadata = z.looseObject({
  name: z.string().min(1),
  description: z.exactOptional(z.string()),
  image: z.exactOptional(z.string()),
});

/** Batches that are open although nothing can seal them any more: they reserve supply, and lock the parents of a forged child. */
export async function overdueBatches(chain: Chain): Promise<Finding[]> {
  const closed = new Set([
    ...(await chain.sealedEvents()).map(({ batch }) => batch),
    ...(await chain.abandonedBatches()),
  ]);
  const height = await chain.height();
  const findings: Finding[] = [];
  const count = await chain.batches();
  for (let batch = 1; batch <= count; batch++) {
    if (closed.has(batch)) continue;
    const { status, deadline } = await chain.batchOf(batch);
    if (status !== "open" || height < deadline) continue;
    findings.push(
      finding(
        "open-batch",
        `batch ${batch}`,
        null,
        `It could be sealed until block ${deadline}, and it is block ${height} now.`,
      ),
    );
  }
  return findings;
}

/** The collection's own metadata, where it lies in IPFS. Another kind of address is not looked into. */
export async function examineCollection(
  chain: Chain,
  { getBlock, hash }: { readonly getBlock: GetBlock; readonly hash: Hasher },
): Promise<Finding[]> {
  const uri = await chain.contractURI();
  if (!uri.startsWith("ipfs://")) return [];
  const parts = ipfsUri(uri);
  if (parts === undefined) {
    const why = `contractURI is \`${uri.slice(0, 120)}\`, which names no CID of the kind that this program publishes.`;
    return [finding("wrong-uri", "collection", null, why)];
  }
  try {
    const dag = createDag(getBlock, hash);
    const bytes = await dag.file(parseCid(parts.cid), parts.path);
    parseJson(collectionMetadata, bytes, {
      code: "publishing/bad-metadata",
      what: "contractURI",
    });
    return [];
  } catch (error) {
    const told = isLoopError(error) ? error.message : "";
    if (isLoopError(error, "publishing/no-such-path"))
      return [finding("wrong-uri", "collection", null, told)];
    if (
      isLoopError(error, "publishing/bad-metadata") ||
      isLoopError(error, "publishing/bad-node")
    )
      return [finding("bad-metadata", "collection", null, told)];
    const kind = kindOf(error);
    if (kind === undefined) throw error;
    return [finding(kind, "collection", null, told)];
  }
}
