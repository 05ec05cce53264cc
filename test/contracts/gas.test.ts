import { expect } from "chai";

import { readSnapshot, startChain } from "../bench/gas/chain.ts";
import { measure, type Figures } from "../bench/gas/scenarios.ts";
import { ours } from "../bench/gas/subjects.ts";
import { deployLoop } from "../kit/deploy-loop.ts";

/** The promises of the project; the snapshot is exact, these are the ceilings under it. */
const CEILINGS = {
  open: 61_000,
  seal100: 268_000,
  firstTransfer: 63_000,
  lifeOverErc721a: 0.93,
};

/** Most gas of one transaction (EIP-7825). */
const TRANSACTION_CAP = 16_777_216;

describe("gas", function () {
  it("is what test/vectors/gas.json says, to the unit", async function () {
    const chain = await startChain();
    const figures = await measure(chain, () => ours(chain));
    await chain.close();
    const snapshot = (await readSnapshot()) as Record<string, Figures>;

    expect(
      figures,
      "gas or size changed; if it should, write the snapshot: LOOP_WRITE=1 npm run bench:gas",
    ).to.deep.equal(snapshot["generative loop"]);
  });

  it("stays under the project's ceilings", async function () {
    const snapshot = (await readSnapshot()) as Record<string, Figures>;
    const loop = snapshot["generative loop"] as Figures;
    const bare = snapshot["ERC721A bare"] as Figures;

    for (const open of [loop.open?.first, loop.open?.steady]) {
      expect(open?.gas).to.be.at.most(CEILINGS.open);
      expect(open?.fresh).to.equal(1);
    }
    expect(loop.mint["100"]?.steady.gas).to.be.at.most(CEILINGS.seal100);
    expect(loop.mint["100"]?.steady.fresh).to.equal(1);
    for (const position of ["head", "middle", "last"]) {
      const first = loop.moves[`first transfer, ${position}`];
      expect(first?.gas).to.be.at.most(CEILINGS.firstTransfer);
      expect(first?.fresh).to.equal(1);
    }
    expect(loop.life.gas / bare.life.gas).to.be.at.most(
      CEILINGS.lifeOverErc721a,
    );
  });

  it("lets the collection be deployed under Amsterdam's prices in one transaction", async function () {
    const chain = await startChain("amsterdam");
    const { deployment } = await ours(chain);
    await chain.close();

    expect(deployment).to.be.at.most(TRANSACTION_CAP);
  });

  it("seals the largest batch in one transaction", async function () {
    const { collection, registry, accounts, networkHelpers, ethers, close } =
      await deployLoop();
    const word = ethers.id("a word");
    await registry.register(word);
    await collection.open(accounts[0] as string, word, 5_000, word);
    const seedBlock = Number(await collection.seedBlock(1));
    await networkHelpers.mineUpTo(seedBlock);
    const block = await ethers.provider.getBlock(seedBlock);
    const sealed = await collection.seal(1, word, block?.hash ?? word);
    const receipt = await sealed.wait();
    await close();

    expect(receipt?.gasUsed).to.be.at.most(TRANSACTION_CAP);
  });
});
