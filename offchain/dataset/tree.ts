import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

import { concat, fromHex, toHex, utf8, type Hex } from "../kernel/bytes.ts";
import { keccak256, sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalJson, type Json } from "../kernel/json.ts";

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
  return fieldsWith(image, hashText);
}

/** The same for many pictures: what many of them say in the same words is hashed once. */
export function leavesOf(images: readonly LeafOrigin[]): readonly LeafFields[] {
  const known = new Map<string, Hex>();
  const hash = (text: string): Hex => {
    const digest = known.get(text) ?? hashText(text);
    known.set(text, digest);
    return digest;
  };
  return images.map((image) => fieldsWith(image, hash));
}

const hashText = (text: string): Hex => toHex(sha256(utf8(text)));

function fieldsWith(
  image: LeafOrigin,
  hash: (text: string) => Hex,
): LeafFields {
  return [
    image.source.sha256,
    hash(canonicalJson(image.licence as Json)),
    hash(image.rightsHolder),
    hash(image.origin),
    hash(canonicalJson(image.consent as Json)),
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
 * Builds the Merkle tree over the leaves of a dataset: OpenZeppelin's standard tree (leaves hashed twice and sorted, pairs sorted before
 * they are hashed, a complete binary tree with the leaves at its end). Its own code, because that library takes 300 MB and half a
 * minute for 10,000 pictures; the library checks the proofs.
 * @throws FatalError `dataset/empty` if there is none.
 */
export function datasetTree(leaves: readonly LeafFields[]): DatasetTree {
  if (leaves.length === 0) {
    throw new FatalError(
      "dataset/empty",
      "A dataset of `0` pictures has no root; give at least one.",
    );
  }
  const hashes = leaves.map((fields) =>
    keccak256(keccak256(concat(...fields.map(fromHex)))),
  );
  const size = 2 * leaves.length - 1;
  const nodes: Uint8Array[] = Array.from({ length: size }, () => NOTHING);
  /** Where in the tree the leaf of each place stands. */
  const stands = new Uint32Array(leaves.length);
  hashes
    .map((hash, place) => ({ hash, place }))
    .sort((a, b) => compare(a.hash, b.hash))
    .forEach(({ hash, place }, rank) => {
      stands[place] = size - 1 - rank;
      nodes[size - 1 - rank] = hash;
    });
  const node = (index: number): Uint8Array => nodes[index] ?? NOTHING;
  for (let i = size - 1 - leaves.length; i >= 0; i--)
    nodes[i] = parentOf(node(2 * i + 1), node(2 * i + 2));
  // Once each: a proof of every picture names the upper ones thousands of times.
  const words = nodes.map(toHex);
  const word = (index: number): Hex => words[index] ?? "0x";
  return {
    root: word(0),
    leaf: (place) => word(stands[place] ?? 0),
    proofOf(place) {
      const proof: Hex[] = [];
      for (let i = stands[place] ?? 0; i > 0; i = (i - 1) >> 1)
        proof.push(word(i % 2 === 0 ? i - 1 : i + 1));
      return proof;
    },
  };
}

const NOTHING = new Uint8Array();

function parentOf(a: Uint8Array, b: Uint8Array): Uint8Array {
  return keccak256(compare(a, b) < 0 ? concat(a, b) : concat(b, a));
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
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
