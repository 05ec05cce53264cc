import { expect } from "chai";

import { readStanding } from "../../../offchain/adapters/chain-standing.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";

const HOLDER: Hex = `0x${"11".repeat(20)}`;
const STRANGER: Hex = `0x${"22".repeat(20)}`;
const ROOT: Hex = `0x${"cd".repeat(32)}`;
const CONDITIONS: Hex = `0x${"00".repeat(32)}`;

describe("adapters/chain-standing", () => {
  let local: LocalChain;

  before(async () => {
    local = await startLocalChain();
  });
  after(() => local.close());

  it("sees what the gas of the next batch depends on", async () => {
    const standing = (to: Hex, recipe = RECIPE) =>
      readStanding(local.options(), { to, recipe });
    const fresh = { deployed: true, registered: true, begun: false };
    expect(await standing(HOLDER)).to.deep.equal({
      ...fresh,
      holds: false,
      today: false,
    });
    expect((await standing(HOLDER, ROOT)).registered).to.equal(false);

    const chain = local.chain();
    const opening = {
      to: HOLDER,
      recipe: RECIPE,
      count: 1,
      conditions: CONDITIONS,
    };
    await chain.openBatch(opening, { key: "open" });
    expect(await standing(HOLDER)).to.include({
      begun: true,
      holds: false,
      today: true,
    });
    const { seedBlock } = await chain.batchOf(1);
    const { hash: blockHash } = await chain.reachBlock(seedBlock);
    const sealing = { batch: 1, root: ROOT, blockHash };
    await chain.sealBatch(sealing, { key: "seal" });
    expect((await standing(HOLDER)).holds).to.equal(true);
    expect((await standing(STRANGER)).holds).to.equal(false);

    await local.provider.send("evm_increaseTime", [86_400]);
    await local.provider.send("evm_mine", []);
    expect((await standing(HOLDER)).today).to.equal(false);
  });
});
