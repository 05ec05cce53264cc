import { isLeaf, type Block, type Hasher } from "../publishing/cid.ts";
import type { PublishedArchive } from "./doctor-archives.ts";
import { finding, type Finding, type FindingKind } from "./doctor-findings.ts";
import {
  blocksBelow,
  readPlace,
  type KnownLinks,
  type Reading,
} from "./doctor-reading.ts";
import type { PinTarget } from "./ports-pins.ts";
import type { Progress } from "./ports-progress.ts";

/** How an archive is at each place. */
export interface ArchiveState {
  readonly archive: PublishedArchive;
  /** By the place's name, in the order of the places. */
  readonly at: Readonly<Record<string, "whole" | FindingKind>>;
  /** Blocks that its own archive must hold. */
  readonly own: ReadonlySet<string>;
}

/** What all places together gave. */
export interface Examined {
  readonly states: readonly ArchiveState[];
  readonly findings: readonly Finding[];
  /** Nodes and small files of archives that the first place does not have whole. */
  readonly kept: ReadonlyMap<string, Uint8Array>;
}

/** Longest file that is kept: metadata of a work has some 2 KB. */
const KEPT_BYTES = 16_384;

/**
 * Reads every archive from every place, and walks the trees from the roots that the chain names: which blocks must be where follows
 * from the roots alone, so that a place is judged without an archive to compare with. An epoch's archive must hold what no archive
 * before it does.
 * @param places the local store first.
 */
export async function examinePlaces(
  archives: readonly PublishedArchive[],
  {
    places,
    hash,
    progress,
  }: {
    readonly places: readonly PinTarget[];
    readonly hash: Hasher;
    readonly progress: Progress;
  },
): Promise<Examined> {
  const links: KnownLinks = new Map();
  const earlier = new Set<string>();
  const states: ArchiveState[] = [];
  const findings: Finding[] = [];
  const kept = new Map<string, Uint8Array>();
  for (const [i, archive] of archives.entries()) {
    const readings = new Map<string, Reading>();
    let found = false;
    for (const place of places) {
      if (carried(archive, place, states)) continue;
      const store = place === places[0];
      const onBlock = found || store ? undefined : keep(kept);
      const absent = store ? "missing" : "not-pinned";
      const options = { links, hash, onBlock, absent } as const;
      const reading = await readPlace(place, archive.cid, options);
      found ||= reading.failed === undefined;
      readings.set(place.name, reading);
    }
    const all = blocksBelow(archive.cid, links);
    const own =
      archive.kind === "epoch"
        ? new Set([...all].filter((name) => !earlier.has(name))).add(
            archive.cid,
          )
        : all;
    for (const name of all) earlier.add(name);
    const at: Record<string, "whole" | FindingKind> = {};
    for (const { name } of places) {
      const problem = judge(readings.get(name), own);
      at[name] = problem?.kind ?? "whole";
      if (problem !== undefined)
        findings.push(finding(problem.kind, archive.name, name, problem.why));
    }
    states.push({ archive, at, own });
    progress.stage("examine", i + 1, archives.length);
  }
  return { states, findings, kept };
}

/** Every batch carries its recipe: where one of them is whole, the recipe is. */
function carried(
  { kind, recipe }: PublishedArchive,
  { name }: PinTarget,
  states: readonly ArchiveState[],
): boolean {
  return (
    kind === "recipe" &&
    states.some(
      ({ archive, at }) => archive.recipe === recipe && at[name] === "whole",
    )
  );
}

function keep(kept: Map<string, Uint8Array>): (block: Block) => void {
  return ({ cid, bytes }) => {
    if (bytes.length <= KEPT_BYTES || !isLeaf(cid))
      kept.set(cid.toString(), bytes.slice());
  };
}

function judge(
  reading: Reading | undefined,
  own: ReadonlySet<string>,
): { readonly kind: FindingKind; readonly why: string } | undefined {
  if (reading === undefined) return undefined;
  if (reading.failed !== undefined)
    return { kind: reading.failed, why: reading.why };
  const lacking = [...own].filter((name) => !reading.blocks.has(name));
  const [first] = lacking;
  if (first === undefined) return undefined;
  return {
    kind: "missing",
    why: `${lacking.length} of its ${own.size} blocks are not there, \`${first}\` among them.`,
  };
}
