import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { DatasetManifest } from "./manifest.ts";
import { canonicalWithList } from "./pieces.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";
import {
  datasetTree,
  LEAF_ENCODING,
  leafFields,
  leavesOf,
  verifyProof,
  type LeafFields,
} from "./tree.ts";

/** Name of the file of proofs in a dataset directory. */
export const PROOFS = "proofs.json";

const inclusion = z.strictObject({
  name: z.string(),
  leaf: bytes32,
  /** In the order of the leaf's encoding. */
  fields: z.tuple([bytes32, bytes32, bytes32, bytes32, bytes32]),
  /** Siblings from the leaf up. */
  proof: z.array(bytes32).max(32),
});

/** Why one picture is in a dataset: its words, and the way up to the root. */
export type Inclusion = Readonly<{
  name: string;
  leaf: Hex;
  fields: LeafFields;
  proof: readonly Hex[];
}>;

const shape = z.strictObject({
  version: z.literal(1),
  root: bytes32,
  leafEncoding: z.array(z.literal("bytes32")).length(LEAF_ENCODING.length),
  proofs: z.array(inclusion),
});

/** `proofs.json`, read. */
export type Proofs = z.infer<typeof shape>;

/** The inclusion proof of every picture, in the order of the manifest. */
export function proofsOf({ images }: DatasetManifest): readonly Inclusion[] {
  const fields = leavesOf(images);
  const tree = datasetTree(fields);
  return images.map(({ name, leaf }, place) => ({
    name,
    leaf,
    fields: fields[place] as LeafFields,
    proof: tree.proofOf(place),
  }));
}

/** The bytes of `proofs.json`: the same for the same manifest. */
export function proofsBytes(manifest: DatasetManifest): Uint8Array {
  const record = {
    version: 1,
    root: manifest.root,
    leafEncoding: [...LEAF_ENCODING],
  };
  return canonicalWithList(record, "proofs", proofsOf(manifest));
}

/** Reads a `proofs.json`. @throws FatalError `dataset/bad-proofs`. */
export function parseProofs(bytes: Uint8Array): Proofs {
  return parseJson(shape, bytes, { code: "dataset/bad-proofs", what: PROOFS });
}

/** Whether a proof as it was written down leads from what the manifest says of the picture to its root. */
export function provesPicture(
  manifest: DatasetManifest,
  place: number,
  proof: readonly Hex[],
): boolean {
  const image = manifest.images[place];
  return (
    image !== undefined && verifyProof(manifest.root, leafFields(image), proof)
  );
}
