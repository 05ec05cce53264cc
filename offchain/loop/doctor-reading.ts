import { isLoopError, RetryableError } from "../kernel/errors.ts";
import { checkCarStream } from "../publishing/car-stream.ts";
import {
  isLeaf,
  parseCid,
  type Block,
  type Hasher,
} from "../publishing/cid.ts";
import { decodeNode } from "../publishing/dag-node.ts";
import type { FindingKind } from "./doctor-findings.ts";
import type { PinTarget } from "./ports-pins.ts";

/** Which blocks each node links, as some place told and its hash proved: true for all of them, whoever said it. */
export type KnownLinks = Map<string, readonly string[]>;

/** What one place gave for one root. */
export type Reading =
  | { readonly failed?: undefined; readonly blocks: ReadonlySet<string> }
  | { readonly failed: FindingKind; readonly why: string };

/**
 * Reads all that a place gives for a root, every block hashed; with one block in memory, and the names of all.
 * @param onBlock given each block that was hashed.
 */
export async function readPlace(
  target: PinTarget,
  cid: string,
  {
    links,
    hash,
    absent,
    onBlock = () => {},
  }: {
    readonly links: KnownLinks;
    readonly hash: Hasher;
    /** What it is where the place itself says that it does not hold it. */
    readonly absent: FindingKind;
    readonly onBlock?: ((block: Block) => void) | undefined;
  },
): Promise<Reading> {
  const blocks = new Set<string>();
  try {
    if (!(await target.holds(cid)))
      return { failed: absent, why: `\`${cid}\` is not there.` };
    await checkCarStream(target.read(cid), {
      root: parseCid(cid),
      expected: [],
      exact: false,
      hash,
      onBlock(block) {
        const name = block.cid.toString();
        blocks.add(name);
        if (!isLeaf(block.cid) && !links.has(name))
          links.set(name, linksOf(block));
        onBlock(block);
      },
    });
    return { blocks };
  } catch (error) {
    const failed = kindOf(error);
    if (failed === undefined) throw error;
    return { failed, why: (error as Error).message };
  }
}

function linksOf({ cid, bytes }: Block): string[] {
  return decodeNode(cid, bytes).links.map((link) => link.cid.toString());
}

/** What a failure of a place means; undefined if it is none of a place. */
export function kindOf(error: unknown): FindingKind | undefined {
  if (!isLoopError(error)) return undefined;
  const { code } = error;
  if (code === "pins/not-held" || code === "publishing/missing-block")
    return "missing";
  if (code.startsWith("publishing/")) return "damaged";
  if (
    error instanceof RetryableError ||
    code.startsWith("pins/") ||
    code.startsWith("files/")
  )
    return "unreachable";
  return undefined;
}

/** Everything below a root, as far as the links are known; what is not known is among it by its name. */
export function blocksBelow(root: string, links: KnownLinks): Set<string> {
  const reached = new Set<string>();
  const waiting = [root];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(links.get(name) ?? []));
  }
  return reached;
}
