import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
  type Observation,
} from "../kernel/observation.ts";

import { MARKET_FIELDS, type MarketField } from "./reading.ts";
import { lowerMedian } from "./statistics.ts";

/**
 * The observation that several reporters' observations make together, as contracts/oracle/SignedReporters.sol computes it: a field is
 * present if at least `quorum` of them observed it, and then is the lower median over those; the time is the lower median over all.
 * Fewer than quorum/2 liars cannot move a field, or the time, out of the range of the others.
 * @throws FatalError `market/bad-quorum`, `market/too-few-reports`; `market/malformed-report` for a word that no observation of an
 * oracle packs to.
 */
export function medianReport(
  observations: readonly Hex[],
  quorum: number,
): Hex {
  if (!Number.isInteger(quorum) || quorum < 1)
    throw new FatalError(
      "market/bad-quorum",
      `\`${quorum}\` is no quorum; give a whole number from 1 up.`,
    );
  if (observations.length < quorum)
    throw new FatalError(
      "market/too-few-reports",
      `There are ${observations.length} reports where ${quorum} are needed; wait for more.`,
    );
  const reports = observations.map(readReport);
  const fields: Partial<Record<MarketField, number>> = {};
  for (const field of MARKET_FIELDS) {
    const tellers = reports.filter(({ present }) => present[field]);
    if (tellers.length >= quorum)
      fields[field] = median(tellers.map((report) => report[field]));
  }
  const present = Object.fromEntries(
    MARKET_FIELDS.map((field) => [field, fields[field] !== undefined]),
  ) as Record<MarketField, boolean>;
  const time = median(reports.map((report) => report.time));
  return packObservation({ ...NEUTRAL_OBSERVATION, ...fields, present, time });
}

/** An observation of an oracle has the neutral parameters; an epoch takes its own from the batch. */
function readReport(word: Hex): Observation {
  const { guardThreshold, oddsSensitivity, sizeLog2, generation } =
    NEUTRAL_OBSERVATION;
  try {
    const observation = unpackObservation(word);
    if (
      observation.guardThreshold === guardThreshold &&
      observation.oddsSensitivity === oddsSensitivity &&
      observation.sizeLog2 === sizeLog2 &&
      observation.generation === generation
    )
      return observation;
  } catch (cause) {
    throw malformed(word, cause);
  }
  throw malformed(word, undefined);
}

function malformed(word: string, cause: unknown): FatalError {
  return new FatalError(
    "market/malformed-report",
    `\`${word.slice(0, 66)}\` is no observation of a market; leave that report out.`,
    { cause },
  );
}

function median(values: readonly number[]): number {
  return Number(lowerMedian(values.map(BigInt)));
}
