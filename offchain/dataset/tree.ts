import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

import { toHex, utf8, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";

/** How a leaf is encoded: five words, hashed twice, as OpenZeppelin's contracts expect of a standard tree. */
export const LEAF_ENCODING = [
  "bytes32",
  "bytes32",
  "bytes32",
  "bytes32",
  "bytes32",
] as const;

/**
 * The words of a leaf: sha-256 of the source file; of the canonical JSON of its licence; of the UTF-8 text of its rights holder; of
 * that of its origin; of the canonical JSON of its consent.
 */
export type LeafFields = readonly [
  source: Hex,
  licence: Hex,
  rightsHolder: Hex,
  origin: Hex,
  consent: Hex,
];

/** What a leaf is made of. */
export interface LeafOrigin {
  readonly source: { readonly sha256: Hex };
  readonly licence: object;
  readonly rightsHolder: string;
  readonly origin: string;
  readonly consent: object;
}

/** The five words of a picture's leaf. */
export function leafFields(image: LeafOrigin): LeafFields {
  return [
    image.source.sha256,
    toHex(sha256(canonicalBytes(image.licence as Json))),
    toHex(sha256(utf8(image.rightsHolder))),
    toHex(sha256(utf8(image.origin))),
    toHex(sha256(canonicalBytes(image.consent as Json))),
  ];
}

/** The tree of a dataset: leaves are sorted, so the order of the pictures does not change the root. */
export interface DatasetTree {
  readonly root: Hex;
  /** Leaf of the picture at this place, from 0. */
  leaf(place: number): Hex;
  /** The siblings from the leaf at this place up to the root. */
  proofOf(place: number): readonly Hex[];
}

/**
 * Builds the Merkle tree over the leaves of a dataset.
 * @throws FatalError `dataset/empty` if there is none.
 */
export function datasetTree(leaves: readonly LeafFields[]): DatasetTree {
  if (leaves.length === 0) {
    throw new FatalError(
      "dataset/empty",
      "A dataset of `0` pictures has no root; give at least one.",
    );
  }
  const tree = StandardMerkleTree.of<Hex[]>(
    leaves.map((fields) => [...fields]),
    [...LEAF_ENCODING],
  );
  const fieldsAt = (place: number): Hex[] => {
    const fields = tree.at(place);
    if (fields !== undefined) return fields;
    throw new RangeError(`no leaf ${place}`);
  };
  return {
    root: tree.root as Hex,
    leaf: (place) => tree.leafHash(fieldsAt(place)) as Hex,
    proofOf: (place) => tree.getProof(place) as Hex[],
  };
}

/** Whether a leaf with these words hangs below the root; false too where the proof is no list of 32-byte words. */
export function verifyProof(
  root: Hex,
  fields: LeafFields,
  proof: readonly Hex[],
): boolean {
  try {
    return StandardMerkleTree.verify(
      root,
      [...LEAF_ENCODING],
      [...fields],
      [...proof],
    );
  } catch {
    return false;
  }
}
