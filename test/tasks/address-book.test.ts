import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { getAddress } from "ethers";

import { birthBlock } from "../../offchain/adapters/chain-birth.ts";
import { createRpc } from "../../offchain/adapters/rpc.ts";
import { readAddressBook, requireAll } from "../../tasks/address-book.ts";
import { openSite } from "../kit/planted-site.ts";
import { expectCode } from "../kit/rejection.ts";

describe("tasks/address-book", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("reads what Ignition wrote: addresses, who deployed, and in which block", async () => {
    const site = await openSite();
    try {
      await site.provider.request({ method: "hardhat_mine", params: ["0x21"] });
      const at = await site.deploy();
      // Ignition keeps no journal of a chain inside the process: these are the parts that count, as it writes them.
      const addresses = {
        "Loop#RecipeRegistry": getAddress(at.RecipeRegistry),
        "Loop#LoopCollection": getAddress(at.LoopCollection),
        "Loop#MarketOracle": getAddress(at.MarketOracle),
      };
      const journal = [
        { chainId: 31_337, type: "DEPLOYMENT_INITIALIZE" },
        {
          type: "DEPLOYMENT_EXECUTION_STATE_INITIALIZE",
          futureId: "Loop#RecipeRegistry",
          from: getAddress(site.account(0)),
        },
        {
          type: "TRANSACTION_CONFIRM",
          futureId: "Loop#RecipeRegistry",
          receipt: { blockNumber: 0x22 },
        },
        {
          type: "TRANSACTION_CONFIRM",
          futureId: "Loop#LoopCollection",
          receipt: { blockNumber: 0x23 },
        },
      ];
      await writeFile(
        join(folder, "deployed_addresses.json"),
        JSON.stringify(addresses),
      );
      await writeFile(
        join(folder, "journal.jsonl"),
        journal.map((line) => `\n${JSON.stringify(line)}`).join(""),
      );
      const book = await readAddressBook(folder);
      expect(book.fromBlock).to.equal(0x22);
      expect(requireAll(book, "here")).to.deep.equal({
        addresses: at,
        deployer: site.account(0),
      });
      const rpc = createRpc(site.ethers.provider);
      expect(await birthBlock(rpc, at.RecipeRegistry)).to.equal(0x22);
    } finally {
      await site.close();
    }
  });

  it("is empty where nothing was deployed, and refused where it is broken", async () => {
    const book = await readAddressBook(join(folder, "none"));
    expect(book.addresses).to.deep.equal({});
    await expectCode(() => requireAll(book, "here"), "chain/not-deployed");

    await writeFile(join(folder, "deployed_addresses.json"), "{}");
    await writeFile(join(folder, "journal.jsonl"), '{"type":"X"}\nhalf a li');
    await expectCode(readAddressBook(folder), "deploy/bad-book");
  });
});
