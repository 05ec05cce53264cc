import type { Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
import type { Hasher } from "../publishing/cid.ts";
import type { GetBlock } from "../publishing/dag.ts";
import type { Chain } from "./chain.ts";
import { publishedArchives } from "./doctor-archives.ts";
import { examineCollection, overdueBatches } from "./doctor-chain.ts";
import type { Finding, FindingKind } from "./doctor-findings.ts";
import { examineGateways, type PublicGateway } from "./doctor-gateways.ts";
import { examineJournal } from "./doctor-journal.ts";
import { examinePlaces, type Examined } from "./doctor-places.ts";
import { examineTokens } from "./doctor-tokens.ts";
import type { Journal } from "./journal.ts";
import type { PinTarget } from "./ports-pins.ts";
import type { Progress } from "./ports-progress.ts";
import type { StoreBlocks } from "./ports-store.ts";

/** The world, as the doctor needs it. */
export interface DoctorPorts {
  readonly chain: Chain;
  readonly journal: Journal;
  /** The local store as a place, and as a pool of blocks. */
  readonly local: PinTarget;
  readonly store: Pick<StoreBlocks, "get">;
  /** Every other place that shall hold what is published. */
  readonly places: readonly PinTarget[];
  readonly gateways: readonly PublicGateway[];
  readonly progress: Progress;
  readonly hash: Hasher;
}

/** What is looked at. */
export interface DoctorRequest {
  /** Works whose addresses are followed; all living ones if left out. */
  readonly tokens?: readonly bigint[] | undefined;
}

/** How the collection is. */
export interface Diagnosis {
  /** Names of the places, the local store first. */
  readonly places: readonly string[];
  readonly archives: readonly {
    readonly name: string;
    readonly root: string;
    readonly at: Readonly<Record<string, "whole" | FindingKind>>;
  }[];
  /** Works whose addresses were followed, and how many of them lead to what they should. */
  readonly tokens: { readonly followed: number; readonly found: number };
  readonly findings: readonly Finding[];
  readonly examined: Examined;
}

const NOBODY: Hex = `0x${"00".repeat(20)}`;

/** Works that are fetched from gateways of others where none are named: one of each batch, and no more than this. */
const SAMPLE = 8;

/**
 * Do chain, store and every place agree? What the chain names is read from everywhere and hashed block by block, every work's address
 * is followed to its picture, and the journal is held to the chain. Nothing is changed.
 */
export async function diagnose(
  { tokens }: DoctorRequest,
  ports: DoctorPorts,
): Promise<Diagnosis> {
  const { chain, journal, local, store, gateways, progress, hash } = ports;
  const places = [
    local,
    ...ports.places.filter(({ name }) => name !== local.name),
  ];
  const archives = await publishedArchives(chain);
  const examined = await examinePlaces(archives, { places, hash, progress });
  const getBlock: GetBlock = (cid) =>
    examined.kept.get(cid.toString()) ?? store.get(cid);
  const all = tokens ?? (await livingTokens(chain));
  const followed = await examineTokens(all, {
    chain,
    getBlock,
    hash,
    progress,
  });
  const sample = tokens ? followed.found : oneOfEach(followed.found);
  const whole = examined.states.every(({ at }) => at[local.name] === "whole");
  const findings = [
    ...examined.findings,
    // What a work misses where its archive is not whole was told once, for all of them.
    ...followed.findings.filter(
      ({ kind }) => whole || (kind !== "missing" && kind !== "damaged"),
    ),
    ...(await examineCollection(chain, { getBlock, hash })).filter(
      ({ kind }) => whole || (kind !== "missing" && kind !== "damaged"),
    ),
    ...(await overdueBatches(chain)),
    ...(await examineJournal(chain, journal)),
    ...(await examineGateways(sample, { gateways, hash, progress })),
  ];
  return {
    places: places.map(({ name }) => name),
    archives: examined.states.map(({ archive: { name, cid }, at }) => ({
      name,
      root: cid,
      at,
    })),
    tokens: { followed: all.length, found: followed.found.length },
    findings,
    examined,
  };
}

async function livingTokens(chain: Chain): Promise<bigint[]> {
  const living = new Set<string>();
  for (const { to, token } of await chain.transfers()) {
    if (to === NOBODY) living.delete(token);
    else living.add(token);
  }
  return [...living].map(BigInt);
}

function oneOfEach<T extends { readonly id: bigint }>(
  found: readonly T[],
): T[] {
  const first = new Map<bigint, T>();
  for (const token of found) {
    const { batch } = splitTokenId(token.id);
    if (!first.has(batch)) first.set(batch, token);
  }
  return [...first.values()].slice(-SAMPLE);
}
