import { GENESIS, stateKey } from "../generator/evolution/state.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { unpackObservation } from "../kernel/observation.ts";
import { readEpochFacts, type EpochFacts } from "./epoch-facts.ts";
import { pictureOf, type GenesisBatch } from "./epoch-genesis.ts";
import { createGenesisSource, type EpochPorts } from "./epoch-ports.ts";
import { stateRule } from "./epoch-states.ts";
import {
  evolutionChart,
  type ChartEpoch,
  type ChartWork,
} from "./evolution-chart.ts";

/** Most columns: genesis and the newest sound epochs. */
const COLUMNS = 13;
/** Rows where no works are chosen. */
const ROWS = 4;
/** Side of the pictures on the chart, pixels. */
const THUMB = 256;

/** A column: an epoch that stands, and what the chain said at its round. */
interface Column extends ChartEpoch {
  readonly facts: EpochFacts | undefined;
}

/**
 * The collection's evolution as SVG: every round of the market on top, under it some works at genesis and at the newest sound epochs.
 * Pictures are painted for it at their small size, from the chain alone.
 * @param tokens works to show; a few, evenly among the living, if none are named.
 */
export async function chartEvolution(
  ports: EpochPorts,
  tokens: readonly bigint[] = [],
): Promise<string> {
  const { chain, progress } = ports;
  const { name } = await chain.collectionView();
  const rounds = (await chain.rounds()).map(({ observation }) =>
    unpackObservation(observation),
  );
  const epochs = await newestSound(ports);
  const last = epochs.at(-1)?.facts;
  const batches = await batchesOf(ports, last);
  const chosen =
    tokens.length > 0 ? tokens : evenly(living(batches, last), ROWS);
  const opening = batches[0]?.observation;
  const start = rounds[0]?.time ?? 0;
  // History may be replayed behind a younger batch: its genesis comes first all the same.
  const before = opening !== undefined && opening.time < start;
  const opened = before ? opening.time : start;
  const columns: Column[] = [
    { number: 0, time: opened, facts: undefined },
    ...epochs,
  ];
  const works: ChartWork[] = [];
  for (const token of chosen) {
    works.push(await rowOf(token, batches, columns));
    progress.stage("chart", works.length, chosen.length);
  }
  return evolutionChart({
    title: name,
    subtitle: `${rounds.length} ${rounds.length === 1 ? "round" : "rounds"}, ${epochs.length} of ${(await chain.epochs()).count} epochs`,
    rounds: before ? [opening, ...rounds] : rounds,
    epochs: columns.map(({ number, time }) => ({ number, time })),
    works,
  });
}

async function newestSound({ chain }: EpochPorts): Promise<Column[]> {
  const { count } = await chain.epochs();
  const found: Column[] = [];
  for (let epoch = count; epoch > 0 && found.length < COLUMNS - 1; epoch--) {
    const { round, voided } = await chain.epochAt(epoch);
    if (voided) continue;
    const facts = await readEpochFacts(chain, round);
    const { time } = unpackObservation(facts.round.observation);
    found.unshift({ number: epoch, time, facts });
  }
  return found;
}

async function batchesOf(
  ports: EpochPorts,
  facts: EpochFacts | undefined,
): Promise<GenesisBatch[]> {
  const roots = (facts?.batches ?? []).map(({ root }) => root);
  const layers = await ports.archives.layers({ roots });
  try {
    const genesis = createGenesisSource(ports, layers);
    const batches: GenesisBatch[] = [];
    for (const covered of facts?.batches ?? [])
      batches.push(await genesis(covered));
    return batches;
  } finally {
    await layers.close();
  }
}

async function rowOf(
  token: bigint,
  batches: readonly GenesisBatch[],
  columns: readonly Column[],
): Promise<ChartWork> {
  const number = splitTokenId(token).batch;
  const batch = batches.find((each) => BigInt(each.batch) === number);
  const work = batch?.works.find(({ id }) => id === token);
  const painted = new Map<string, Promise<Uint8Array>>();
  const pictureAt = async ({
    facts,
  }: Column): Promise<Uint8Array | undefined> => {
    if (batch === undefined || work === undefined) return undefined;
    const covered = facts?.batches.some((each) => each.batch === batch.batch);
    if (facts?.burned.has(`${token}`) === true) return undefined;
    const state =
      facts !== undefined && covered === true
        ? stateRule(facts, batch, batch.conditions)(token, work.digest)
        : GENESIS;
    const key = stateKey(state);
    const painting =
      painted.get(key) ??
      batch.workshop.pool.paint(pictureOf(batch, work, state), THUMB);
    painted.set(key, painting);
    return painting;
  };
  const pictures = await Promise.all(columns.map(pictureAt));
  return { name: `#${token}`, pictures };
}

function living(
  batches: readonly GenesisBatch[],
  facts: EpochFacts | undefined,
): bigint[] {
  return batches
    .flatMap(({ works }) => works.map(({ id }) => id))
    .filter((id) => facts?.burned.has(`${id}`) !== true);
}

function evenly<T>(all: readonly T[], most: number): T[] {
  const shown = Math.min(most, all.length);
  return Array.from(
    { length: shown },
    (_, i) => all[Math.floor((i * all.length) / shown)] as T,
  );
}
