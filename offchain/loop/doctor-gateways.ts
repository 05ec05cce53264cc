import type { Hasher } from "../publishing/cid.ts";
import { createDag, type GetBlock } from "../publishing/dag.ts";
import { finding, type Finding } from "./doctor-findings.ts";
import { kindOf } from "./doctor-reading.ts";
import type { FoundToken } from "./doctor-tokens.ts";
import type { Progress } from "./ports-progress.ts";

/** A gateway of others; what it gives is believed only where it hashes to what was asked for. */
export interface PublicGateway {
  /** `https://ipfs.io`. */
  readonly name: string;
  /** @throws FatalError `publishing/missing-block` where it does not have it; RetryableError `pins/unreachable`. */
  readonly get: GetBlock;
}

/** Fetches works from gateways of others, block by block, and hashes every one. */
export async function examineGateways(
  tokens: readonly FoundToken[],
  {
    gateways,
    hash,
    progress,
  }: {
    readonly gateways: readonly PublicGateway[];
    readonly hash: Hasher;
    readonly progress: Progress;
  },
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { name, get } of gateways) {
    const dag = createDag(get, hash);
    for (const [i, { id, root, metadata, image }] of tokens.entries()) {
      try {
        for (const path of [metadata, image])
          for await (const _ of dag.read(await dag.resolve(root, path)));
      } catch (error) {
        const kind = kindOf(error);
        if (kind === undefined) throw error;
        findings.push({
          ...finding(kind, `token ${id}`, name, (error as Error).message),
          remedy:
            "A gateway of others finds what is pinned and announced after a while; if it stays so, pin elsewhere too.",
        });
      }
      progress.stage(`fetch from ${name}`, i + 1, tokens.length);
    }
  }
  return findings;
}
