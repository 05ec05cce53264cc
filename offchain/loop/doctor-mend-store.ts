import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { checkCarStream } from "../publishing/car-stream.ts";
import { parseCid } from "../publishing/cid.ts";
import type { DoctorPorts } from "./doctor.ts";
import type { PublishedArchive } from "./doctor-archives.ts";
import type { ArchiveState } from "./doctor-places.ts";
import { onlyWithRoot } from "./doctor-rebuild.ts";
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

/**
 * Puts an archive back into the store: from the first place that has it whole, else made again from the chain.
 * @returns where it came from, or why it could not be put back.
 */
export async function mendStore(
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

/** Makes an archive again and puts it into the store. */
export async function rebuilt(
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
