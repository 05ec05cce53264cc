import { expect } from "chai";
import { id, Interface, toBeHex, zeroPadValue, type Result } from "ethers";
import hre from "hardhat";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { epochUri, tokenUri } from "../../../offchain/publishing/paths.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";

/** ERC-165 promises an answer for this much. */
const GAS_OF_A_QUESTION = 30_000;

const CONDITIONS = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 });
const ROOT: Hex = `0x${"cd".repeat(32)}`;
const EPOCH: Hex = `0x${"e1".repeat(32)}`;
const MANY = 5_000;
const LAST_ID = 2n ** 256n - 1n;

/** Written from the standards and not from our ABI: what a stranger who indexes collections knows. */
const NFT = new Interface([
  "function supportsInterface(bytes4) view returns (bool)",
  "function name() view returns (string)",
  "function symbol() view returns (string)",
  "function totalSupply() view returns (uint256)",
  "function tokenURI(uint256) view returns (string)",
  "function ownerOf(uint256) view returns (address)",
  "function balanceOf(address) view returns (uint256)",
  "function royaltyInfo(uint256, uint256) view returns (address, uint256)",
  "function owner() view returns (address)",
  "function contractURI() view returns (string)",
  "function getTransferValidator() view returns (address)",
  "function getTransferValidationFunction() view returns (bytes4, bool)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
  "event MetadataUpdate(uint256 _tokenId)",
  "event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId)",
  "event ContractURIUpdated()",
  "error ERC721NonexistentToken(uint256 tokenId)",
  "error ERC721InvalidOwner(address owner)",
]);

/** An interface id: the selectors of its own functions, one upon the other. */
function idOf(...signatures: readonly string[]): string {
  let sum = 0n;
  for (const signature of signatures) sum ^= BigInt(id(signature).slice(0, 10));
  return toBeHex(sum, 4);
}

/** The standards, by the functions that they name. */
const STANDARDS: Readonly<Record<string, string>> = {
  "ERC-165": idOf("supportsInterface(bytes4)"),
  "ERC-721": idOf(
    "balanceOf(address)",
    "ownerOf(uint256)",
    "safeTransferFrom(address,address,uint256,bytes)",
    "safeTransferFrom(address,address,uint256)",
    "transferFrom(address,address,uint256)",
    "approve(address,uint256)",
    "setApprovalForAll(address,bool)",
    "getApproved(uint256)",
    "isApprovedForAll(address,address)",
  ),
  "ERC-721 metadata": idOf("name()", "symbol()", "tokenURI(uint256)"),
  "ERC-2981 royalties": idOf("royaltyInfo(uint256,uint256)"),
  "ERC-4906 metadata updates": "0x49064906",
  "ERC-5313 owner": idOf("owner()"),
  "ERC-7572 contractURI": idOf("contractURI()"),
  "ERC-7160 several URIs": idOf(
    "tokenURIs(uint256)",
    "pinTokenURI(uint256,uint256)",
    "unpinTokenURI(uint256)",
    "hasPinnedTokenURI(uint256)",
  ),
  "ERC-7496 dynamic traits": idOf(
    "getTraitValue(uint256,bytes32)",
    "getTraitValues(uint256,bytes32[])",
    "getTraitMetadataURI()",
    "setTrait(uint256,bytes32,bytes32)",
  ),
  "ERC-721C": idOf(
    "getTransferValidator()",
    "setTransferValidator(address)",
    "getTransferValidationFunction()",
  ),
  "ERC-721C, older": idOf(
    "getTransferValidator()",
    "setTransferValidator(address)",
  ),
};

/** What the collection must not claim. */
const OTHERS: Readonly<Record<string, string>> = {
  "the id that ERC-165 forbids": "0xffffffff",
  "the id of nothing": "0x00000000",
  "ERC-721 enumerable": "0x780e9d63",
  "ERC-1155": "0xd9b67a26",
  "ERC-1155 metadata": "0x0e89341c",
  "ERC-20": "0x36372b07",
  "ERC-173 ownership, which can be given away": "0x7f5828d0",
  "ERC-721 receiver": "0x150b7a02",
  "ERC-4494 permits": "0x5604e225",
  "ERC-4907 rentals": "0xad092b5c",
  "ERC-5192 soulbound": "0xb45a3c0e",
  "access control": "0x7965db0b",
};

interface FoundLog {
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
}

describe("a collection as indexers probe it", () => {
  let local: LocalChain;
  let chain: Chain;
  let holder: Hex;
  let keys = 0;
  const once = () => ({ key: `key-${keys++}` });

  /** Asks like a node's customer: no ABI of ours, no adapter. */
  async function ask(
    name: string,
    args: readonly unknown[] = [],
    gas?: number,
  ): Promise<Result> {
    const data = NFT.encodeFunctionData(name, args);
    const limit = gas === undefined ? {} : { gas: toBeHex(gas) };
    const call = { to: local.collection, data, ...limit };
    const answer = (await local.provider.send("eth_call", [
      call,
      "latest",
    ])) as string;
    return NFT.decodeFunctionResult(name, answer);
  }
  /** The standard's error that a question is refused with. */
  async function refusal(
    name: string,
    args: readonly unknown[],
  ): Promise<string | undefined> {
    try {
      await ask(name, args);
    } catch (error) {
      const { data } = error as { data?: unknown };
      const bytes =
        typeof data === "string" ? data : (data as { data?: string })?.data;
      const empty = bytes === undefined || bytes === "0x";
      return empty ? "" : (NFT.parseError(bytes)?.name ?? "");
    }
    return undefined;
  }
  async function logs(
    event: string,
    topics: readonly (string | null)[] = [],
    fromBlock = "0x0",
  ): Promise<readonly FoundLog[]> {
    const [first] = [NFT.getEvent(event)?.topicHash ?? ""];
    return (await local.provider.send("eth_getLogs", [
      {
        address: local.collection,
        fromBlock,
        toBlock: "latest",
        topics: [first, ...topics],
      },
    ])) as readonly FoundLog[];
  }
  async function seal(batch: number, count: number): Promise<number> {
    const opening = {
      to: holder,
      recipe: RECIPE,
      count,
      conditions: CONDITIONS,
    };
    await chain.openBatch(opening, once());
    const { seedBlock } = await chain.batchOf(batch);
    const { hash: blockHash } = await chain.reachBlock(seedBlock);
    const { block } = await chain.sealBatch(
      { batch, root: ROOT, blockHash },
      once(),
    );
    return block;
  }

  before(async () => {
    local = await startLocalChain();
    chain = local.chain();
    holder = local.wallet.address.toLowerCase() as Hex;
  });
  after(() => local.close());

  describe("by ERC-165", () => {
    const claims = async (wanted: string): Promise<unknown> =>
      (await ask("supportsInterface", [wanted], GAS_OF_A_QUESTION))[0];

    for (const [name, wanted] of Object.entries(STANDARDS))
      it(`claims ${name}, ${wanted}`, async () => {
        expect(await claims(wanted)).to.equal(true);
      });
    for (const name of ["ILoopCollection", "IEpochs", "IAttunement"])
      it(`claims its own ${name}`, async () => {
        const { abi } = await hre.artifacts.readArtifact(name);
        const own = new Interface(abi as never);
        const signatures: string[] = [];
        own.forEachFunction((each) => signatures.push(each.format("sighash")));
        expect(signatures).not.to.be.empty;
        expect(await claims(idOf(...signatures))).to.equal(true);
      });
    for (const [name, wanted] of Object.entries(OTHERS))
      it(`does not claim ${name}, ${wanted}`, async () => {
        expect(await claims(wanted)).to.equal(false);
      });

    it("has all that it says in the ids that the standards print", () => {
      expect(STANDARDS).to.include({
        "ERC-165": "0x01ffc9a7",
        "ERC-721": "0x80ac58cd",
        "ERC-721 metadata": "0x5b5e139f",
        "ERC-2981 royalties": "0x2a55205a",
        "ERC-5313 owner": "0x8da5cb5b",
        "ERC-7572 contractURI": "0xe8a3d485",
        "ERC-7160 several URIs": "0x06e1bc5b",
        "ERC-7496 dynamic traits": "0xaf332f3e",
        "ERC-721C": "0xad0d7f6c",
        "ERC-721C, older": "0xa07d229a",
      });
    });
  });

  it("answers what pages show before anything is minted", async () => {
    expect((await ask("name"))[0]).to.equal("Test");
    expect((await ask("symbol"))[0]).to.equal("TEST");
    expect((await ask("contractURI"))[0]).to.equal("");
    expect((await ask("owner"))[0]).to.match(/^0x[0-9a-fA-F]{40}$/);
    expect((await ask("getTransferValidator"))[0]).to.equal(
      `0x${"00".repeat(20)}`,
    );
    expect([...(await ask("getTransferValidationFunction"))]).to.deep.equal([
      id("validateTransfer(address,address,address,uint256)").slice(0, 10),
      true,
    ]);
    // ERC-721 has it only with the enumerable part, which is not claimed.
    expect(await refusal("totalSupply", [])).to.equal("");
  });

  it("lets every token be found by its Transfer from nobody, one or 5,000 in a block", async () => {
    const from = zeroPadValue("0x00", 32);
    const one = await seal(1, 1);
    const many = await seal(2, MANY);
    const minted = await logs("Transfer", [from]);
    expect(minted.length).to.equal(1 + MANY);
    const ids = minted.map(({ topics }) => BigInt(topics[3] ?? 0));
    expect(ids[0]).to.equal(1_000_000n);
    for (const [i, token] of ids.slice(1).entries())
      if (token !== 2_000_000n + BigInt(i)) expect.fail(`${token} at ${i}`);
    const blocks = minted.map(({ blockNumber }) => Number(blockNumber));
    expect(new Set(blocks)).to.deep.equal(new Set([one, many]));
    for (const { topics, data } of [minted[0], minted.at(-1)] as FoundLog[]) {
      expect(topics).to.have.length(4);
      expect(topics[2]).to.equal(zeroPadValue(holder, 32));
      expect(data).to.equal("0x");
    }
    expect((await ask("balanceOf", [holder]))[0]).to.equal(BigInt(1 + MANY));
    for (const token of [1_000_000n, 2_000_000n, 2_004_999n]) {
      expect((await ask("ownerOf", [token]))[0].toLowerCase()).to.equal(holder);
      expect((await ask("tokenURI", [token]))[0]).to.equal(
        tokenUri(ROOT, token),
      );
    }
  });

  it("refuses tokens that are not there by ERC-721's own error", async () => {
    await chain.burn({ holder, token: "2000007" }, once());
    for (const token of [0n, 1n, 999_999n, 1_000_001n, 2_000_007n, 2_005_000n])
      for (const question of ["tokenURI", "ownerOf"])
        expect(await refusal(question, [token]), `${token}`).to.equal(
          "ERC721NonexistentToken",
        );
    expect(await refusal("balanceOf", [`0x${"00".repeat(20)}`])).to.equal(
      "ERC721InvalidOwner",
    );
    const burned = await logs("Transfer", [null, zeroPadValue("0x00", 32)]);
    expect(burned.map(({ topics }) => Number(topics[3]))).to.deep.equal([
      2_000_007,
    ]);
  });

  it("shares every price, and never more of it than the royalty", async () => {
    const receiver = `0x${"a1".repeat(20)}` as const;
    const royalty = { receiver, bps: 750 };
    await chain.setParameter({ name: "royalty", royalty }, once());
    for (const price of [0n, 1n, 13n, 10_000n, 10n ** 18n, 2n ** 128n - 1n]) {
      const [to, amount] = await ask("royaltyInfo", [1_000_000n, price]);
      expect(String(to).toLowerCase()).to.equal(receiver);
      expect(amount).to.equal((price * 750n) / 10_000n);
    }
  });

  it("says that the page moved", async () => {
    const uri = "ipfs://bafypage/collection.json";
    await chain.setParameter({ name: "contract-uri", uri }, once());
    expect((await ask("contractURI"))[0]).to.equal(uri);
    // The first is the constructor's.
    expect(await logs("ContractURIUpdated")).to.have.length(2);
  });

  describe("by ERC-4906", () => {
    /** Every token whose URI is another than before lies in a range that was told since. */
    async function expectTold(
      act: () => Promise<unknown>,
      changed: readonly bigint[],
    ): Promise<void> {
      const every = [1_000_000n, 2_000_000n, 2_000_001n, 2_004_999n];
      const shown = async (): Promise<readonly string[]> => {
        const uris: string[] = [];
        for (const token of every)
          uris.push(String((await ask("tokenURI", [token]))[0]));
        return uris;
      };
      const before = await shown();
      const from = toBeHex((await chain.height()) + 1);
      await act();
      const after = await shown();
      const moved = every.filter((_, i) => before[i] !== after[i]);
      expect(moved).to.deep.equal(changed);

      const ranges: (readonly [bigint, bigint])[] = [];
      for (const { data } of await logs("MetadataUpdate", [], from)) {
        const [token] = NFT.decodeEventLog("MetadataUpdate", data);
        ranges.push([token as bigint, token as bigint]);
      }
      for (const { data } of await logs("BatchMetadataUpdate", [], from)) {
        const [first, last] = NFT.decodeEventLog("BatchMetadataUpdate", data);
        // OpenSea takes the last of all ids for the whole collection.
        expect(last).to.equal(LAST_ID);
        ranges.push([first as bigint, last as bigint]);
      }
      for (const token of moved)
        expect(
          ranges.some(([first, last]) => first <= token && token <= last),
          `${token} changed and was not told`,
        ).to.equal(true);
      if (changed.length === 0) expect(ranges).to.deep.equal([]);
    }

    it("tells of every token whose URI changes, by an epoch, a pin, letting go and taking back; of no other act", async () => {
      const time = (await chain.blockByNumber(await chain.height())).timestamp;
      const observation = packObservation({ ...NEUTRAL_OBSERVATION, time });
      const { round, block } = await chain.bringRound(observation, once());
      await chain.reachBlock(block + 1);

      const all = [1_000_000n, 2_000_000n, 2_000_001n, 2_004_999n];
      const pin = (epoch: number | undefined) =>
        chain.pin({ holder, token: "2000001", epoch }, once());
      await expectTold(
        () => chain.evolve({ root: EPOCH, round: round.round }, once()),
        all,
      );
      expect((await ask("tokenURI", [2_000_001n]))[0]).to.equal(
        epochUri(EPOCH, 2_000_001n),
      );
      await expectTold(() => pin(0), [2_000_001n]);
      // The dials steer what comes, and change nothing that is shown.
      await expectTold(
        () => chain.attune({ holder, token: "2000000", act: 0 }, once()),
        [],
      );
      await expectTold(() => pin(undefined), [2_000_001n]);
      await expectTold(() => chain.voidEpoch(1, once()), all);
    });
  });
});
