import { expect } from "chai";
import { network } from "hardhat";
import { CID } from "multiformats/cid";
import * as digests from "multiformats/hashes/digest";

import { keccak256 } from "../../offchain/kernel/digest.ts";
import { toHex, utf8 } from "../../offchain/kernel/bytes.ts";
import loop from "../../ignition/modules/loop.ts";

const DAG_PB = 0x70;
const SHA_256 = 0x12;
const RECIPE = toHex(keccak256(utf8("recipe")));

describe("tokenURI", function () {
  it("is what multiformats writes, for 64 roots", async function () {
    const { ethers, ignition, networkHelpers, close } = await connect();
    const { collection, registry } = await ignition.deploy(loop);
    const [account] = await ethers.getSigners();
    await registry.register(RECIPE);

    for (let batch = 1; batch <= 64; batch++) {
      const root = keccak256(utf8(`root ${batch}`));
      await collection.open(account, RECIPE, batch, ethers.ZeroHash);
      const seedBlock = Number(await collection.seedBlock(batch));
      await networkHelpers.mineUpTo(seedBlock);
      const { hash } = (await ethers.provider.getBlock(seedBlock)) ?? {};
      await collection.seal(batch, root, hash);

      const tokenId = BigInt(batch) * 1_000_000n + BigInt(batch - 1);
      const cid = CID.createV1(
        DAG_PB,
        digests.create(SHA_256, root),
      ).toString();
      expect(await collection.tokenURI(tokenId)).to.equal(
        `ipfs://${cid}/${tokenId}.json`,
      );
    }
    await close();
  });
});

async function connect() {
  const connection = await network.create();
  return { ...connection, close: () => connection.close() };
}
