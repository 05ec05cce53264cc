import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { cidToDigest, digestToCid, parseCid } from "../publishing/cid.ts";
import type { Diagnosis } from "./doctor.ts";
import type { PublishedArchive } from "./doctor-archives.ts";
import { mendStore, rebuilt, type RepairPorts } from "./doctor-mend-store.ts";
import type { ArchiveState } from "./doctor-places.ts";
import { pinArchive } from "./pin-archive.ts";

/** One archive that was put back at one place, or could not be. */
export interface Mending {
  readonly name: string;
  readonly target: string;
  /** Where it came from: a place, or `chain` where it was made again. Null if it could not be put back. */
  readonly from: string | null;
  /** Why it could not be put back. */
  readonly why: string | null;
}

/**
 * Puts back what is not whole: into the store from the first place that has it, or made again from the chain where nobody has; from the
 * store to every other place. Archives are mended in the order in which they were published, since later ones link earlier ones.
 */
export async function repair(
  { examined }: Pick<Diagnosis, "examined">,
  ports: RepairPorts,
): Promise<readonly Mending[]> {
  const { local, archives, progress, hash, pathOf } = ports;
  const mendings: Mending[] = [];
  const before: Hex[] = [];
  const wholeAt = createWhole();
  for (const state of examined.states) {
    const { archive, at } = state;
    const { name, kind, cid } = archive;
    const told = (target: string, from: string | null, why: string | null) =>
      mendings.push({ name, target, from, why });
    for (const [target, how] of Object.entries(at))
      if (how === "whole") wholeAt.add(archive, target);
    if (!wholeAt.has(archive, local.name)) {
      const { from, why } = await mendStore(state, ports, before);
      told(local.name, from, why);
      if (from !== null) wholeAt.add(archive, local.name);
    }
    if (!wholeAt.has(archive, local.name)) continue;
    before.push(cidToDigest(parseCid(cid)));
    for (const place of ports.places) {
      if (wholeAt.has(archive, place.name) || place.name === local.name)
        continue;
      try {
        await ownArchive(state, ports);
        await pinArchive(
          { targets: [place], archives, progress, hash },
          { path: pathOf(cid), part: kind === "epoch" },
        );
        told(place.name, local.name, null);
        wholeAt.add(archive, place.name);
      } catch (error) {
        if (!isLoopError(error)) throw error;
        told(place.name, null, `${error.code}: ${error.message}`);
      }
    }
  }
  return mendings;
}

/** What is whole where by now; a recipe is whole wherever a batch is that carries it. */
function createWhole(): {
  add(archive: PublishedArchive, place: string): void;
  has(archive: PublishedArchive, place: string): boolean;
} {
  const known = new Set<string>();
  const keys = ({ cid, recipe }: PublishedArchive): string[] => [
    cid,
    ...(recipe === undefined ? [] : [digestToCid(recipe).toString()]),
  ];
  return {
    add(archive, place) {
      for (const key of keys(archive)) known.add(`${key} ${place}`);
    },
    has: ({ cid }, place) => known.has(`${cid} ${place}`),
  };
}

/** A recipe is often in the store only as a part of batches; an archive of its own is made where one must be sent. */
async function ownArchive(
  state: ArchiveState,
  ports: RepairPorts,
): Promise<void> {
  const { archive } = state;
  if (archive.kind !== "recipe") return;
  if (await ports.local.holds(archive.cid)) return;
  await rebuilt(archive, ports, []);
}
