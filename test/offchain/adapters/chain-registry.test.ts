import { expect } from "chai";

import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import {
  datasetTree,
  type LeafFields,
} from "../../../offchain/dataset/tree.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const word = (byte: string): Hex => `0x${byte.repeat(32)}`;
const LEAVES = ["11", "22", "33"].map((digit): LeafFields => [
  word(digit),
  word("a1"),
  word("a2"),
  word("a3"),
  word("a4"),
]);
const TREE = datasetTree(LEAVES);
const TUNED: Hex = word("01");
const TUNED_TOO: Hex = word("02");

describe("recipes and datasets over JSON-RPC", () => {
  let local: LocalChain;
  let chain: Chain;
  beforeEach(async () => {
    local = await startLocalChain();
    chain = local.chain();
  });
  afterEach(() => local.close());

  const registerAll = async (): Promise<void> => {
    await chain.registerDataset(TREE.root, { key: "dataset" });
    for (const id of [TUNED, TUNED_TOO])
      await chain.registerRecipe(id, { key: id, dataset: TREE.root });
  };
  const reasonOf = async (refused: Promise<unknown>) =>
    ((await expectCode(refused, "chain/refused")) as RefusedError).reason;

  it("registers, lists and revokes recipes", async () => {
    await chain.registerRecipe(TUNED, { key: "register" });
    await chain.revokeRecipe(RECIPE, { key: "revoke" });
    expect(await chain.recipes()).to.deep.equal([
      { id: RECIPE, number: 1, revoked: true },
      { id: TUNED, number: 2, revoked: false },
    ]);
  });

  it("revokes with a dataset every recipe of it, and says which are whose", async () => {
    await registerAll();
    await chain.registerDataset(word("0d"), { key: "another" });
    await chain.revokeDataset(TREE.root, { key: "revoke" });
    expect(await chain.datasets()).to.deep.equal([
      { root: TREE.root, number: 1, revoked: true },
      { root: word("0d"), number: 2, revoked: false },
    ]);
    const dataset = { root: TREE.root, revoked: true };
    expect(await chain.recipes()).to.deep.equal([
      { id: RECIPE, number: 1, revoked: false },
      { id: TUNED, number: 2, revoked: true, dataset },
      { id: TUNED_TOO, number: 3, revoked: true, dataset },
    ]);
  });

  it("is refused by name what a revoked or an unknown dataset stands in the way of", async () => {
    const unknown = { key: "unknown", dataset: TREE.root };
    expect(await reasonOf(chain.registerRecipe(TUNED, unknown))).to.equal(
      "DatasetRegistryUnknown",
    );
    await registerAll();
    await chain.revokeDataset(TREE.root, { key: "revoke" });
    const late = { key: "late", dataset: TREE.root };
    expect(await reasonOf(chain.registerRecipe(word("03"), late))).to.equal(
      "DatasetRegistryRevoked",
    );
    const opening = {
      to: local.wallet.address,
      recipe: TUNED_TOO,
      count: 1,
      conditions: word("00"),
    };
    expect(await reasonOf(chain.openBatch(opening, { key: "open" }))).to.equal(
      "RecipeRegistryDatasetRevoked",
    );
  });

  it("proves each picture of our tree on chain, and no other", async () => {
    await registerAll();
    for (const [place, leaf] of LEAVES.entries()) {
      const proof = TREE.proofOf(place);
      expect(await chain.provesInclusion(TREE.root, leaf, proof)).to.equal(
        true,
      );
      const [source, , ...rest] = leaf;
      const forged: LeafFields = [source, word("b1"), ...rest];
      expect(await chain.provesInclusion(TREE.root, forged, proof)).to.equal(
        false,
      );
    }
    const [leaf] = LEAVES as [LeafFields];
    expect(
      await reasonOf(chain.provesInclusion(word("0e"), leaf, [])),
    ).to.equal("DatasetRegistryUnknown");
  });
});
