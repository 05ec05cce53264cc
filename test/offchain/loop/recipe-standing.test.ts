import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  revocationSentence,
  standingOf,
  standingOfBatch,
  standingWord,
} from "../../../offchain/loop/recipe-standing.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const word = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [TUNED, PLAIN, ROOT] = [word("01"), word("02"), word("0d")];
const OWNER: Hex = `0x${"11".repeat(20)}`;

describe("the standing of a recipe", () => {
  const begin = async () => {
    const chain = fakeChain(createLedger());
    await chain.registerDataset(ROOT, { key: "dataset" });
    await chain.registerRecipe(TUNED, { key: "tuned", dataset: ROOT });
    await chain.registerRecipe(PLAIN, { key: "plain" });
    const open = (recipe: Hex, key: string) =>
      chain.openBatch(
        { to: OWNER, recipe, count: 1, conditions: ROOT },
        { key },
      );
    await open(PLAIN, "first");
    await open(TUNED, "second");
    return { chain, open };
  };

  it("of a recipe that stands is told without a reason", async () => {
    const { chain } = await begin();
    const standing = await standingOfBatch(chain, 2);
    const expected = {
      id: TUNED,
      revoked: false,
      because: null,
      dataset: ROOT,
    };
    expect(standing).to.deep.equal(expected);
    expect(standing && revocationSentence(standing)).to.equal(undefined);
    expect(standing && standingWord(standing)).to.equal("registered");
  });

  it("falls with its dataset, for what waits and for what is asked of old batches", async () => {
    const { chain, open } = await begin();
    await chain.revokeDataset(ROOT, { key: "revoke" });

    await expectCode(open(TUNED, "third"), "chain/refused");
    const sealing = { batch: 2, root: ROOT, blockHash: ROOT };
    await expectCode(
      chain.sealBatch(sealing, { key: "seal" }),
      "chain/refused",
    );
    const standing = await standingOfBatch(chain, 2);
    expect(standing).to.include({ revoked: true, because: "dataset" });
    expect(standing && revocationSentence(standing)).to.contain(ROOT);
    expect(await standingOfBatch(chain, 1)).to.deep.equal({
      id: PLAIN,
      revoked: false,
      because: null,
      dataset: null,
    });
  });

  it("names the recipe where it alone was revoked, and the dataset where both were", () => {
    const own = { id: TUNED, number: 1, revoked: true };
    const standing = { root: ROOT, revoked: false };
    expect(standingOf(own).because).to.equal("recipe");
    expect(standingOf({ ...own, dataset: standing }).because).to.equal(
      "recipe",
    );
    const fallen = { root: ROOT, revoked: true };
    expect(standingOf({ ...own, dataset: fallen }).because).to.equal("dataset");
  });
});
