import { expect } from "chai";
import { ZeroHash } from "ethers";
import { CID } from "multiformats/cid";
import * as digests from "multiformats/hashes/digest";

import { toHex, utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { deployLoop } from "../kit/deploy-loop.ts";

const DAG_PB = 0x70;
const SHA_256 = 0x12;
const RECIPE = toHex(keccak256(utf8("recipe")));

describe("tokenURI", function () {
  it("is what multiformats writes, for 40 roots", async function () {
    const { collection, registry, accounts, ethers, networkHelpers, close } =
      await deployLoop();
    await registry.register(RECIPE);

    for (let batch = 1; batch <= 40; batch++) {
      const root = keccak256(utf8(`root ${batch}`));
      await collection.open(accounts[0] as string, RECIPE, 1, ZeroHash);
      const seedBlock = Number(await collection.seedBlock(batch));
      await networkHelpers.mineUpTo(seedBlock);
      const block = await ethers.provider.getBlock(seedBlock);
      await collection.seal(batch, root, block?.hash ?? ZeroHash);

      const tokenId = BigInt(batch) * 1_000_000n;
      const cid = CID.createV1(DAG_PB, digests.create(SHA_256, root));
      expect(await collection.tokenURI(tokenId)).to.equal(
        `ipfs://${cid.toString()}/${tokenId}.json`,
      );
    }
    await close();
  });
});
