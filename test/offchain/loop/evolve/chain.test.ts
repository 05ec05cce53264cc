import { expect } from "chai";

import { tokenId } from "../../../../offchain/kernel/ids.ts";
import { readEpochFacts } from "../../../../offchain/loop/epoch-facts.ts";
import { rebuildEpoch } from "../../../../offchain/loop/rebuild-epoch.ts";
import { verifyEpochFromChain } from "../../../../offchain/loop/verify-epoch.ts";
import { dyingWith } from "../../../kit/evolving.ts";
import { RetryableError } from "../../../../offchain/kernel/errors.ts";
import {
  chainData,
  createLedger,
  fakeChain,
  ledgerOf,
} from "../../../kit/fake-chain.ts";
import { startWorld } from "../../../kit/fake-world.ts";
import { startLocalChain } from "../../../kit/local-chain.ts";
import { mintableRecipe } from "../../../kit/recipe-fixture.ts";
import { expectCode } from "../../../kit/rejection.ts";

describe("evolving over a node that dies", () => {
  it("goes on with the same root, whatever landed on the chain meanwhile", async () => {
    const recipe = await mintableRecipe();
    const ledger = createLedger();
    let dead = false;
    const world = await startWorld([recipe], (own) => {
      const chain = fakeChain(ledger, own);
      return {
        ...chain,
        evolve: (evolving, once) =>
          dead
            ? Promise.reject(
                new RetryableError("chain/unreachable", "The node is dead."),
              )
            : chain.evolve(evolving, once),
      };
    });
    try {
      await world.mint(2);
      const { round } = await world.bring(80);
      dead = true;
      await expectCode(world.evolve(round), "chain/unreachable");
      expect(world.journal.runs.at(-1)?.state).to.equal("open");
      const painted = world.painted();
      // A batch sealed, a work turned, pinned and burned between packing and sending: none of it is the round's.
      await world.mint(1);
      const [holder, token] = ["0x11", `${tokenId(1, 0)}`] as const;
      const chain = fakeChain(ledger);
      await chain.attune({ holder, token, act: 1 }, { key: "attune" });
      await chain.pin({ holder, token, epoch: 0 }, { key: "pin" });
      await chain.burn({ holder, token: `${tokenId(1, 1)}` }, { key: "burn" });
      dead = false;
      const report = await world.evolve(round);
      if (report === "crashed") throw new Error("nothing crashes here");
      expect(report).to.include({ resumed: true, works: 2, epoch: 1 });
      expect(world.painted()).to.equal(painted);
      const ports = world.ports();
      const facts = await readEpochFacts(ports.chain, round);
      const rebuilt = await rebuildEpoch(ports, facts);
      expect(rebuilt.digest).to.equal(ledger.epochs[0]?.root);
      await ports.close();
    } finally {
      await world.close();
    }
  });
});

describe("evolving on a chain", () => {
  it("sends one transaction a round, wherever the process dies around it", async function () {
    this.timeout(300_000);
    const recipe = await mintableRecipe();
    const local = await startLocalChain();
    await local.chain().registerRecipe(recipe.id, { key: "register" });
    const world = await startWorld([recipe], (own) => local.chain(own));
    const chain = local.chain();
    try {
      await world.mint(2);
      await world.mint(1);
      await chain.reachBlock((await chain.height()) + 1);
      let epochs = 0;
      for (const label of [
        /\/keep\/stored$/,
        /\/evolve\/outbox$/,
        /\/evolve\/sent$/,
        /\/evolve\/mined$/,
        /\/evolve\/worked$/,
        /\/learn\/begun$/,
      ]) {
        const { round } = await world.bring(epochs % 2 === 0 ? 90 : -90);
        expect(
          await world.evolve(round, dyingWith(label)),
          `${label}`,
        ).to.equal("crashed");
        const report = await world.evolve(round);
        if (report === "crashed") throw new Error("nothing crashes here");
        epochs += 1;
        expect(report, `${label}`).to.include({ resumed: true, epoch: epochs });
        expect((await chain.epochs()).count).to.equal(epochs);
        const uri = await chain.tokenURI(tokenId(2, 0));
        expect(uri).to.equal(`ipfs://${report.root}/2/2000000.json`);
      }
      const ports = world.ports();
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const at = { token: tokenId(1, 1), epoch };
        const verdict = await verifyEpochFromChain(ports, at);
        expect(verdict.match, `epoch ${epoch}`).to.equal(true);
      }
      // What a stranger reads of this chain is enough.
      const data = fakeChain(ledgerOf(await chainData(chain)));
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const { root, round } = await chain.epochAt(epoch);
        const facts = await readEpochFacts(data, round);
        const rebuilt = await rebuildEpoch({ ...ports, chain: data }, facts);
        expect(rebuilt.digest).to.equal(root);
      }
      await ports.close();
      await expectCode(
        world.evolve((await chain.rounds()).length),
        "evolve/already-published",
      );
    } finally {
      await world.close();
      await local.close();
    }
  });
});
