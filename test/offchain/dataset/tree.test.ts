import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  datasetTree,
  LEAF_ENCODING,
  leafFields,
  leavesOf,
  verifyProof,
  type LeafFields,
} from "../../../offchain/dataset/tree.ts";
import { expectCode } from "../../kit/rejection.ts";

const word = (value: number): Hex =>
  `0x${value.toString(16).padStart(64, "0")}`;
const leaf = (value: number): LeafFields => [
  word(value),
  word(2),
  word(3),
  word(4),
  word(5),
];

describe("dataset/tree", () => {
  it("hashes a leaf twice over its ABI encoding, as the contract does", () => {
    const encoded = AbiCoder.defaultAbiCoder().encode(
      Array.from({ length: 5 }, () => "bytes32"),
      leaf(7),
    );
    expect(datasetTree([leaf(7)]).leaf(0)).to.equal(
      keccak256(keccak256(encoded)),
    );
  });

  it("is OpenZeppelin's standard tree, leaf by leaf and proof by proof", () => {
    for (const count of [1, 2, 3, 5, 8, 13, 64, 100]) {
      const leaves = Array.from({ length: count }, (_, i) => leaf(i * i + 1));
      const tree = datasetTree(leaves);
      const standard = StandardMerkleTree.of(
        leaves.map((fields) => [...fields]),
        [...LEAF_ENCODING],
      );
      expect(tree.root).to.equal(standard.root);
      leaves.forEach((fields, place) => {
        expect(tree.leaf(place)).to.equal(standard.leafHash([...fields]));
        expect(tree.proofOf(place)).to.deep.equal(standard.getProof(place));
      });
    }
  });

  it("has the same root whatever the order, and another for another word", () => {
    const { root } = datasetTree([leaf(1), leaf(2), leaf(3)]);
    expect(datasetTree([leaf(3), leaf(1), leaf(2)]).root).to.equal(root);
    expect(datasetTree([leaf(1), leaf(2), leaf(4)]).root).not.to.equal(root);
  });

  it("proves every leaf and no other", () => {
    const leaves = [1, 2, 3, 4, 5, 6, 7].map(leaf);
    const tree = datasetTree(leaves);
    const { root } = tree;
    leaves.forEach((fields, place) => {
      const proof = tree.proofOf(place);
      expect(verifyProof(root, fields, proof)).to.equal(true);
      expect(verifyProof(root, leaf(9), proof)).to.equal(false);
      expect(verifyProof(word(1), fields, proof)).to.equal(false);
    });
    expect(verifyProof(root, leaf(1), ["0x12"])).to.equal(false);
  });

  it("needs no proof where there is one picture, and is not made of none", async () => {
    const tree = datasetTree([leaf(1)]);
    expect(verifyProof(tree.root, leaf(1), tree.proofOf(0))).to.equal(true);
    expect(tree.proofOf(0)).to.deep.equal([]);
    await expectCode(() => datasetTree([]), "dataset/empty");
  });

  it("puts every word of the rights into the leaf", () => {
    const origin = {
      source: { sha256: word(1) },
      licence: { kind: "spdx", id: "CC0-1.0" },
      rightsHolder: "Ada",
      origin: "drawn",
      consent: { training: "allowed", by: "Ada", statement: "yes" },
    };
    const others = [
      { ...origin, source: { sha256: word(2) } },
      { ...origin, licence: { kind: "public-domain" } },
      { ...origin, rightsHolder: "Bob" },
      { ...origin, origin: "found" },
      { ...origin, consent: { ...origin.consent, statement: "maybe" } },
    ].map(leafFields);
    const own = leafFields(origin);
    expect(leavesOf([origin, origin])).to.deep.equal([own, own]);
    others.forEach((fields, i) =>
      fields.forEach((each, j) => expect(each === own[j]).to.equal(i !== j)),
    );
  });
});
