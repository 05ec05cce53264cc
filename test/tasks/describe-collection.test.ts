import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { Interface } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { createCarArchives } from "../../offchain/adapters/car-archives.ts";
import { cidToDigest, parseCid } from "../../offchain/publishing/cid.ts";
import {
  parseCollection,
  type CollectionMetadata,
} from "../../offchain/publishing/collection-metadata.ts";
import { errorCode, startNode, type Finished } from "../kit/cli.ts";
import { openSeaCollection, openSeaToken } from "../kit/opensea-schema.ts";
import { hardhatAt, runTask } from "../kit/task.ts";

/** Nobody here has its key. */
const STRANGER = `0x${"5a".repeat(20)}`;
const ADMIN = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const ADMIN_DELAY = 172_800;
const JOBS = new Interface([
  "function beginDefaultAdminTransfer(address)",
  "function acceptDefaultAdminTransfer()",
  "function REGISTRY() view returns (address)",
]);
const NFT = new Interface([
  "function contractURI() view returns (string)",
  "function tokenURI(uint256) view returns (string)",
]);

interface Described {
  readonly uri: string;
  readonly root: string;
  readonly car: string;
  readonly image: string;
  readonly files: readonly string[];
  readonly metadata: CollectionMetadata;
  readonly named: boolean;
  readonly transaction: string | null;
  readonly command: string | null;
}

describe("tasks/describe-collection, and what marketplaces read", function () {
  this.timeout(120_000);
  let folder: string;
  let node: Awaited<ReturnType<typeof startNode>>;
  let hardhat: HardhatRuntimeEnvironment;
  let minted: { collection: string; car: string; recipe: string };
  let evolved: { car: string };

  const command = (
    verb: string,
    args: Record<string, unknown>,
    here = hardhat,
  ): Promise<Finished> =>
    runTask(verb, { out: folder, json: true, ...args }, here);
  async function run<T>(
    verb: string,
    args: Record<string, unknown> = {},
    here = hardhat,
  ): Promise<T> {
    const { code, stdout, stderr } = await command(verb, args, here);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as T;
  }
  async function rpc(method: string, params: unknown[]): Promise<string> {
    const body = { jsonrpc: "2.0", id: 1, method, params };
    const answer = await fetch(node.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return ((await answer.json()) as { result: string }).result;
  }
  /** What the contract answers, past every adapter of ours. */
  async function told(
    question: string,
    args: readonly unknown[] = [],
    abi = NFT,
  ): Promise<string> {
    const data = abi.encodeFunctionData(question, args);
    const call = { to: minted.collection, data };
    const answer = await rpc("eth_call", [call, "latest"]);
    return String(abi.decodeFunctionResult(question, answer)[0]);
  }
  /** From here on the admin is somebody else. */
  async function giveAdminAway(): Promise<void> {
    const to = await told("REGISTRY", [], JOBS);
    const send = (from: string, name: string, args: unknown[] = []) =>
      rpc("eth_sendTransaction", [
        { from, to, data: JOBS.encodeFunctionData(name, args) },
      ]);
    await rpc("hardhat_setBalance", [STRANGER, "0xde0b6b3a7640000"]);
    await rpc("hardhat_impersonateAccount", [STRANGER]);
    await send(ADMIN, "beginDefaultAdminTransfer", [STRANGER]);
    await rpc("evm_increaseTime", [ADMIN_DELAY + 1]);
    await send(STRANGER, "acceptDefaultAdminTransfer");
  }
  /** The JSON below an `ipfs://` address, out of these archives, whichever holds it. */
  async function fetched(
    uri: string,
    cars: readonly string[],
  ): Promise<unknown> {
    const [, root = "", path = ""] =
      /^ipfs:\/\/([a-z2-7]+)\/(.+)$/.exec(uri) ?? [];
    const digest = cidToDigest(parseCid(root));
    const archives = createCarArchives({ store: folder });
    const layers = await archives.layers({ roots: [], paths: cars });
    try {
      return JSON.parse(
        new TextDecoder().decode(await layers.read(digest, path)),
      );
    } finally {
      await layers.close();
    }
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-page-"));
    node = await startNode();
    hardhat = await hardhatAt(node.url);
    const date = "2025-01-31";
    minted = await run("mint-batch", { count: "2", size: "64", date });
    await runTask("observe-market", { date: "2025-12-17" }, hardhat);
    evolved = await run("evolve");
  });
  after(async () => {
    await node.stop();
    await rm(folder, { recursive: true });
  });

  it("tells what the page would be and changes nothing", async () => {
    const plan = await run<Described>("describe-collection", { dryRun: true });
    expect(plan).to.include({ dryRun: true, image: "token 1000000" });
    expect(await told("contractURI")).to.equal("");
  });

  it("makes the page of the newest batch's own picture, keeps it, and names it on chain once", async () => {
    const page = await run<Described>("describe-collection");
    expect(page.files).to.deep.equal(["collection.json", "image.png"]);
    expect(page.named).to.equal(true);
    const uri = await told("contractURI");
    expect(uri).to.equal(page.uri);

    const metadata = await fetched(uri, [page.car]);
    expect(openSeaCollection.parse(metadata)).to.include({ symbol: "LOOP" });
    expect(metadata).to.deep.equal(page.metadata);
    const { properties, image } = page.metadata;
    expect(properties.chain).to.deep.equal({
      id: 31_337,
      collection: minted.collection,
    });
    expect(properties.recipes.map(({ id }) => id)).to.deep.equal([
      minted.recipe,
    ]);
    const archives = createCarArchives({ store: folder });
    const archive = await archives.open(page.car);
    const batch = await archives.open(minted.car);
    const cid = await batch.cidOf("images/1000000.png");
    expect(image).to.equal(`ipfs://${cid}`);
    expect(await archive.cidOf("image.png")).to.equal(cid);
    // Where the recipe says that the holder's licence lies, there it is.
    const [, path = ""] = /\/([^/]+)$/.exec(properties.licence.uri) ?? [];
    expect(await batch.read(`recipe/${path}`)).not.to.be.empty;
    await Promise.all([archive.close(), batch.close()]);

    const again = await run<Described>("describe-collection");
    expect(again).to.include({ uri, named: true, transaction: null });
  });

  it("refuses what is no picture, and what is not there", async () => {
    const svg = join(folder, "image.svg");
    await writeFile(svg, "<svg onload='alert(1)'/>");
    for (const [args, code] of [
      [{ image: svg }, "publishing/bad-picture"],
      [{ image: join(folder, "nowhere.png") }, "files/missing"],
      [{ externalLink: "http://example.org" }, "publishing/bad-collection"],
      [{ collaborators: "0x12" }, "options/bad-address"],
    ] as const) {
      const failed = await command("describe-collection", args);
      expect(failed.code).to.equal(1);
      expect(errorCode(failed)).to.equal(code);
    }
    expect(
      errorCode(await runTask("describe-collection", { json: true })),
    ).to.equal("options/no-network");
  });

  it("gives every token metadata that OpenSea reads, as minted and as evolved", async () => {
    const archives = createCarArchives({ store: folder });
    const batch = await archives.open(minted.car);
    let moved = 0;
    for (const token of [1_000_000n, 1_000_001n]) {
      const genesis: unknown = JSON.parse(
        new TextDecoder().decode(await batch.read(`${token}.json`)),
      );
      expect(openSeaToken.parse(genesis).attributes).to.deep.include({
        display_type: "number",
        trait_type: "Batch",
        value: 1,
      });
      const uri = await told("tokenURI", [token]);
      expect(uri).to.match(/^ipfs:\/\/[a-z2-7]+\/1\/\d+\.json$/);
      const shown = await fetched(uri, [evolved.car, minted.car]);
      const { attributes, name } = openSeaToken.parse(shown);
      expect(name).to.equal(openSeaToken.parse(genesis).name);
      for (const each of attributes)
        if ("trait_type" in each && each.trait_type.startsWith("Evolved "))
          moved += 1;
    }
    await batch.close();
    expect(moved).to.be.greaterThan(0);
  });

  it("takes what it is given, and says what the admin has to run where his key is not", async () => {
    const banner = join(folder, "banner.gif");
    await writeFile(banner, "GIF89a and so on");
    await giveAdminAway();
    const given = {
      name: "Another Loop",
      description: "By hand.",
      externalLink: "https://example.org",
      collaborators: `0x${"a1".repeat(20)}`,
      banner,
    };
    const page = await run<Described>("describe-collection", given);
    expect(page.files).to.include("banner.gif");
    expect(page.metadata).to.include({
      name: "Another Loop",
      external_link: "https://example.org",
    });
    expect(page.named).to.equal(false);
    expect(page.command).to.equal(
      `npx hardhat parameters --network localhost --set contract-uri=${page.uri}`,
    );
    expect(await told("contractURI")).not.to.equal(page.uri);
    const bytes = await readFile(join(folder, "collection/collection.json"));
    expect(parseCollection(bytes).description).to.equal("By hand.");
  });
});
