import type { Hex } from "../kernel/bytes.ts";
import { tokenId } from "../kernel/ids.ts";
import { unpackObservation } from "../kernel/observation.ts";
import { createBatchPacker, type PackedBatch } from "../publishing/batch.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import type { Hasher } from "../publishing/cid.ts";
import { metadataBytes } from "../publishing/metadata.ts";
import { BATCH_PATHS, tokenPaths } from "../publishing/paths.ts";
import {
  hashesBytes,
  transcriptChunks,
  type TranscriptCandidate,
} from "../publishing/transcript.ts";
import type { FileContent } from "../publishing/unixfs-file.ts";
import { acceptedOf } from "./derive.ts";
import type { Recipe } from "./recipe.ts";
import type { SelectedWork } from "./select.ts";

/** A batch whose works are chosen, ready to become a directory. */
export interface Assembly {
  readonly batch: number;
  readonly seed: Hex;
  readonly conditions: Hex;
  readonly recipe: Recipe;
  readonly works: readonly SelectedWork[];
  /** The picture of a work as PNG bytes, asked for in order: from disk when minting, painted again when verifying. */
  readonly picture: (work: SelectedWork) => Promise<Uint8Array>;
  readonly sink: CarSink;
  readonly hash: Hasher;
  /** Told of every file that is not a picture, in the order in which it is packed. */
  readonly onFile?: (path: string, content: FileContent) => Promise<void>;
  readonly onToken?: (token: AssembledToken) => void;
}

/** CIDs of one token's files. */
export interface AssembledToken {
  readonly id: bigint;
  readonly imageCid: string;
  readonly metadataCid: string;
}

/** Puts a batch directory together, in the one order in which every machine puts it together. */
export async function assemble(assembly: Assembly): Promise<PackedBatch> {
  const { batch, seed, conditions, recipe, works, sink } = assembly;
  const { hash, onFile, onToken } = assembly;
  const packer = createBatchPacker({ recipe, sink, hash });
  const { sizeLog2, generation } = unpackObservation(conditions);
  const size = 2 ** sizeLog2;
  try {
    for (const work of works) {
      const id = tokenId(batch, work.index);
      const { traits, attempt } = acceptedOf(work);
      const { cid: imageCid } = await packer.addImage(
        id,
        await assembly.picture(work),
      );
      const content = metadataBytes({
        recipe,
        tokenId: id,
        imageCid,
        traits,
        seed,
        attempt,
        conditions,
        size,
        generation,
      });
      await onFile?.(tokenPaths(id).metadata, content);
      const { cid: metadataCid } = await packer.addMetadata(id, content);
      onToken?.({ id, imageCid, metadataCid });
    }
    const facts = {
      version: 1,
      batch,
      recipe: recipe.id,
      seed,
      conditions,
      count: works.length,
    } as const;
    const transcript = (): FileContent =>
      transcriptChunks(facts, candidatesOf(works));
    const hashes = hashesBytes(
      batch,
      works.map((work) => acceptedOf(work).hash),
    );
    await onFile?.(BATCH_PATHS.transcript, transcript());
    await onFile?.(BATCH_PATHS.hashes, hashes);
    for (const [name, content] of recipe.files)
      await onFile?.(`${BATCH_PATHS.recipe}/${name}`, content);
    return await packer.finish({ transcript: transcript(), hashes });
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

function* candidatesOf(
  works: readonly SelectedWork[],
): Generator<TranscriptCandidate> {
  for (const { index, tried } of works) {
    for (const { attempt, traits, hash, verdict, reasons } of tried) {
      const pass = reasons.length === 0;
      yield {
        index,
        attempt,
        traits,
        hash,
        pass,
        scores: { ...verdict.scores },
        reasons: [...reasons],
      };
    }
  }
}
