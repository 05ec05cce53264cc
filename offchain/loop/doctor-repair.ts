import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { checkCarStream } from "../publishing/car-stream.ts";
import { cidToDigest, digestToCid, parseCid } from "../publishing/cid.ts";
import type { Diagnosis, DoctorPorts } from "./doctor.ts";
import type { PublishedArchive } from "./doctor-archives.ts";
import type { ArchiveState } from "./doctor-places.ts";
import { onlyWithRoot } from "./doctor-rebuild.ts";
import { pinArchive } from "./pin-archive.ts";
import type { Archives } from "./ports-archive.ts";
import type { PinTarget } from "./ports-pins.ts";

/** What mending needs beside what finding does. */
export interface RepairPorts extends DoctorPorts {
  readonly archives: Archives;
  /** Where the local store keeps the archive with this root. */
  readonly pathOf: (cid: string) => string;
  /** Makes an archive again from the chain, see `rebuildArchive`. */
  readonly rebuild: (
    archive: PublishedArchive,
    into: { readonly sink: CarSink; readonly before: readonly Hex[] },
  ) => Promise<void>;
}

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

async function mendStore(
  state: ArchiveState,
  ports: RepairPorts,
  before: readonly Hex[],
): Promise<{ readonly from: string | null; readonly why: string | null }> {
  const { archive, at } = state;
  for (const place of ports.places) {
    if (at[place.name] !== "whole") continue;
    try {
      await copy(place, state, ports);
      return { from: place.name, why: null };
    } catch (error) {
      // It was whole a moment ago; there are others, and there is the chain.
      if (!isLoopError(error)) throw error;
    }
  }
  try {
    ports.progress.note(
      `Nobody has ${archive.name} whole; it is made again from the chain.`,
    );
    await rebuilt(archive, ports, before);
    return { from: "chain", why: null };
  } catch (error) {
    if (!isLoopError(error)) throw error;
    return { from: null, why: `${error.code}: ${error.message}` };
  }
}

async function rebuilt(
  archive: PublishedArchive,
  { archives, pathOf, rebuild }: RepairPorts,
  before: readonly Hex[],
): Promise<void> {
  const sink = await archives.create(pathOf(archive.cid));
  await rebuild(archive, { sink, before });
}

/** Writes what a place gives as an archive of ours: only what belongs to it, every block hashed, all of it or nothing. */
async function copy(
  place: PinTarget,
  { archive, own }: ArchiveState,
  { archives, pathOf, hash }: RepairPorts,
): Promise<void> {
  const root = parseCid(archive.cid);
  const sink = onlyWithRoot(
    await archives.create(pathOf(archive.cid)),
    archive,
  );
  try {
    await checkCarStream(place.read(archive.cid), {
      root,
      expected: own,
      exact: false,
      hash,
      onBlock: (block) =>
        own.has(block.cid.toString()) ? sink.put(block) : undefined,
    });
    await sink.finish(root);
  } catch (error) {
    await sink.abort();
    throw error;
  }
}
