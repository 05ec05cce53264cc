import { z } from "zod";

import { utf8, type Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes, canonicalJson } from "../kernel/json.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";
import { hexBytes } from "./schema.ts";

const candidate = z.strictObject({
  /** Index of the work in its batch. */
  index: z.int().nonnegative(),
  /** n of H(seed, index, n). */
  attempt: z.int().nonnegative(),
  traits: z.record(z.string(), z.string()),
  /** Perceptual hash of the 64-pixel render. */
  hash: hexBytes,
  pass: z.boolean(),
  /** Every score that the guard took, integers. */
  scores: z.record(z.string(), z.int()),
  /** Why it was rejected; empty if it passed. */
  reasons: z.array(z.string()),
});

const header = z.strictObject({
  version: z.literal(1),
  batch: z.int().positive(),
  /** Recipe id. */
  recipe: bytes32,
  /** Seed of the batch. */
  seed: bytes32,
  conditions: bytes32,
  /** Number of works. */
  count: z.int().positive(),
});

/** One candidate as `transcript.json` records it. */
export type TranscriptCandidate = z.infer<typeof candidate>;

/** What `transcript.json` says of the batch as a whole. */
export type TranscriptHeader = z.infer<typeof header>;

/** The form of `transcript.json`: every candidate of a batch, in the order of index, then attempt. */
export const transcript = z
  .strictObject({ ...header.shape, candidates: z.array(candidate) })
  .superRefine(({ count, candidates }, context) => {
    const fault = sequenceFault(count, candidates);
    if (fault !== undefined)
      context.addIssue({
        code: "custom",
        path: ["candidates"],
        message: fault,
      });
  });

/** A parsed {@link transcript}. */
export type Transcript = z.infer<typeof transcript>;

/**
 * The canonical bytes of `transcript.json` piece by piece, so that candidates may come from a journal one at a time.
 * About 300 bytes a candidate: 2 MB for 5,000 works at the usual rate of rejection, 25 MB if each took all 16 tries.
 * @throws FatalError `publishing/bad-transcript` if a candidate is missing, out of order or malformed.
 */
export async function* transcriptChunks(
  facts: TranscriptHeader,
  candidates:
    Iterable<TranscriptCandidate> | AsyncIterable<TranscriptCandidate>,
): AsyncGenerator<Uint8Array> {
  const { batch, ...rest } = facts;
  const sequence = followSequence(rest.count);
  // Canonical order of the keys: batch, candidates, then the rest.
  yield utf8(`{"batch":${batch},"candidates":[`);
  let separator = "";
  for await (const item of candidates) {
    const fault = candidate.safeParse(item).success
      ? sequence.next(item)
      : "is malformed";
    if (fault !== undefined)
      throw bad(`candidate ${item.index}/${item.attempt} ${fault}`);
    yield utf8(separator + canonicalJson(item));
    separator = ",";
  }
  const fault = sequence.end();
  if (fault !== undefined) throw bad(fault);
  yield utf8(`],${canonicalJson(rest).slice(1)}`);
}

/**
 * Reads a `transcript.json`: all works there, tries without gaps, and the last try of each work, and only it, accepted.
 * @throws FatalError `publishing/bad-transcript`, naming the field.
 */
export function parseTranscript(bytes: Uint8Array): Transcript {
  return parseJson(transcript, bytes, {
    code: "publishing/bad-transcript",
    what: "transcript.json",
  });
}

/** Follows candidates and says what is wrong with the next one, if anything. */
function followSequence(count: number) {
  let index = 0;
  let attempt = 0;
  return {
    next(item: TranscriptCandidate): string | undefined {
      if (item.index !== index || item.attempt !== attempt)
        return `stands where attempt ${attempt} of work ${index} belongs`;
      if (item.pass !== (item.reasons.length === 0))
        return "must have reasons exactly if it was rejected";
      if (item.pass) index++;
      attempt = item.pass ? 0 : attempt + 1;
      return undefined;
    },
    end(): string | undefined {
      if (index === count && attempt === 0) return undefined;
      return `accepts ${index} works of ${count}`;
    },
  };
}

function sequenceFault(
  count: number,
  candidates: readonly TranscriptCandidate[],
): string | undefined {
  const sequence = followSequence(count);
  for (const item of candidates) {
    const fault = sequence.next(item);
    if (fault !== undefined)
      return `candidate ${item.index}/${item.attempt} ${fault}`;
  }
  return sequence.end();
}

function bad(fault: string): FatalError {
  return new FatalError(
    "publishing/bad-transcript",
    `The transcript's \`${fault}\`; record every candidate, in order.`,
  );
}

/** The form of `hashes.json`: perceptual hashes of the accepted works, by index, for later batches to compare with. */
export const batchHashes = z.strictObject({
  version: z.literal(1),
  batch: z.int().positive(),
  hashes: z.array(hexBytes).min(1),
});

/** The canonical bytes of `hashes.json`, some 20 bytes a work. */
export function hashesBytes(batch: number, hashes: readonly Hex[]): Uint8Array {
  return canonicalBytes({ version: 1, batch, hashes });
}

/**
 * Reads a `hashes.json`.
 * @throws FatalError `publishing/bad-hashes`, naming the field.
 */
export function parseHashes(bytes: Uint8Array): z.infer<typeof batchHashes> {
  return parseJson(batchHashes, bytes, {
    code: "publishing/bad-hashes",
    what: "hashes.json",
  });
}
