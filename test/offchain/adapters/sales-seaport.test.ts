import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { network } from "hardhat";

import { createRpc } from "../../../offchain/adapters/rpc.ts";
import {
  readSales,
  type SalesFound,
  type SalesQuery,
} from "../../../offchain/adapters/sales-seaport.ts";
import {
  ORDER_FULFILLED,
  SEAPORT,
} from "../../../offchain/adapters/seaport-orders.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { expectCode } from "../../kit/rejection.ts";

const WETH = `0x${"e7".repeat(20)}`;
const USDC = `0x${"dc".repeat(20)}`;
const FEES = `0x${"fe".repeat(20)}`;
const ETHER = 10n ** 18n;
const NONE = { bundles: 0, otherCurrencies: 0, unconfirmed: 0, gifts: 0 };

interface Order {
  readonly offerer: string;
  readonly recipient: string;
  readonly offer: readonly (readonly unknown[])[];
  readonly consideration: readonly (readonly unknown[])[];
}

describe("sales on Seaport", () => {
  let connection: Awaited<ReturnType<typeof network.create>>;
  let works: string, others: string;
  let seller: string, buyer: string, third: string;
  let seaport: string, stranger: string;
  let fulfil: (
    orders: readonly Order[],
    moves: readonly (readonly [string, string, string, bigint])[],
    at?: string,
  ) => Promise<number>;

  before(async () => {
    connection = await network.create();
    const { ethers } = connection;
    const signers = await ethers.getSigners();
    [seller = "", buyer = "", third = ""] = signers.map((one) =>
      one.address.toLowerCase(),
    );
    const deploy = async (name: string) => ethers.deployContract(name);
    const addressOf = async (name: string): Promise<string> =>
      (await (await deploy(name)).getAddress()).toLowerCase();
    [works, others] = [
      await addressOf("FreeWorks"),
      await addressOf("FreeWorks"),
    ];
    [seaport, stranger] = [
      await addressOf("StandInSeaport"),
      await addressOf("StandInSeaport"),
    ];
    for (const collection of [works, others]) {
      const contract = await ethers.getContractAt("FreeWorks", collection);
      for (let token = 1n; token <= 20n; token++)
        await contract.getFunction("mint")(seller, token);
      await contract.getFunction("burn")(20n);
      for (const signer of signers.slice(0, 3))
        for (const operator of [seaport, stranger])
          await (contract.connect(signer) as typeof contract).getFunction(
            "setApprovalForAll",
          )(operator, true);
    }
    fulfil = async (orders, moves, at = seaport) => {
      const contract = await ethers.getContractAt("StandInSeaport", at);
      const sent = await contract.getFunction("fulfil")(orders, moves);
      return (await sent.wait()).blockNumber as number;
    };
  });
  after(() => connection.close());

  const work = (token: bigint, collection = works) => [2, collection, token, 1];
  const coin = (amount: bigint, to = seller) => [0, ZeroAddress, 0, amount, to];
  const erc20 = (amount: bigint, token = WETH) => [1, token, 0, amount];
  /** The seller's offer at this price, taken by the buyer. */
  const listing = (token: bigint, price: bigint): Order => ({
    offerer: seller,
    recipient: buyer,
    offer: [work(token)],
    consideration: [coin(price)],
  });
  const sale = (token: bigint) => [works, seller, buyer, token] as const;

  const read = (
    from: number,
    query: Partial<SalesQuery> = {},
  ): Promise<SalesFound> =>
    readSales({
      rpc: createRpc(connection.ethers.provider, 1),
      collection: works as Hex,
      from,
      to: from,
      seaports: [seaport as Hex],
      wrapped: [WETH as Hex],
      ...query,
    });
  const timeOf = async (block: number) =>
    (await connection.ethers.provider.getBlock(block))?.timestamp;
  const one = async (block: number, token: bigint, price: bigint) => ({
    sales: [
      {
        time: await timeOf(block),
        price,
        buyer,
        seller,
        token: token.toString(),
      },
    ],
    leftOut: NONE,
  });

  it("knows the event by its topic", () => {
    expect(SEAPORT.getEvent("OrderFulfilled")?.topicHash).to.equal(
      ORDER_FULFILLED,
    );
  });

  it("takes from a listing what the buyer paid in all", async () => {
    const block = await fulfil(
      [
        {
          ...listing(1n, 0n),
          consideration: [
            coin(9n * ETHER),
            coin(ETHER, FEES),
            [...erc20(5n), FEES],
          ],
        },
      ],
      [sale(1n)],
    );
    expect(await read(block)).to.deep.equal(
      await one(block, 1n, 10n * ETHER + 5n),
    );
  });

  it("takes from a bid what was offered, fees included", async () => {
    const block = await fulfil(
      [
        {
          offerer: buyer,
          recipient: seller,
          offer: [erc20(ETHER)],
          consideration: [
            [...work(2n), buyer],
            [...erc20(ETHER / 40n), FEES],
          ],
        },
      ],
      [sale(2n)],
    );
    expect(await read(block)).to.deep.equal(await one(block, 2n, ETHER));
  });

  it("tells who gets the work, whoever pays", async () => {
    const block = await fulfil(
      [
        {
          offerer: third,
          recipient: seller,
          offer: [erc20(ETHER)],
          consideration: [[...work(19n), buyer]],
        },
      ],
      [sale(19n)],
    );
    expect(await read(block)).to.deep.equal(await one(block, 19n, ETHER));
  });

  it("counts two matched orders as one sale, at what the buyer gave", async () => {
    const ask = { ...listing(3n, 90n), recipient: ZeroAddress };
    const bid = {
      offerer: buyer,
      recipient: ZeroAddress,
      offer: [erc20(100n)],
      consideration: [[...work(3n), buyer]],
    };
    const block = await fulfil([ask, bid], [sale(3n)]);
    expect(await read(block)).to.deep.equal(await one(block, 3n, 100n));
  });

  it("takes a listing that asks for the work itself, for one buyer", async () => {
    const consideration = [coin(70n), [...work(4n), buyer]];
    const block = await fulfil(
      [{ ...listing(4n, 0n), consideration }],
      [sale(4n)],
    );
    expect(await read(block)).to.deep.equal(await one(block, 4n, 70n));
  });

  it("tells several sales of one transaction, and of one work", async () => {
    const bid = {
      offerer: third,
      recipient: buyer,
      offer: [erc20(300n)],
      consideration: [[...work(5n), third]],
    };
    const block = await fulfil(
      [listing(6n, 60n), listing(5n, 50n), bid],
      [sale(6n), sale(5n), [works, buyer, third, 5n]],
    );
    const { sales, leftOut } = await read(block);
    expect(leftOut).to.deep.equal(NONE);
    expect(
      sales.map(({ token, price, buyer: to }) => [token, price, to]),
    ).to.deep.equal([
      ["6", 60n, buyer],
      ["5", 50n, buyer],
      ["5", 300n, third],
    ]);
  });

  it("leaves out bundles, and counts them", async () => {
    const two = { ...listing(7n, 9n), offer: [work(7n), work(8n)] };
    const sweetened = { ...listing(7n, 9n), offer: [work(7n), erc20(1n)] };
    const swap = {
      ...listing(7n, 0n),
      consideration: [[...work(9n, others), seller]],
    };
    const many = {
      offerer: buyer,
      recipient: seller,
      offer: [erc20(9n)],
      consideration: [
        [...work(7n), buyer],
        [...work(8n), buyer],
      ],
    };
    const semi = { ...listing(7n, 9n), offer: [[3, works, 7n, 1]] };
    const block = await fulfil(
      [two, sweetened, swap, many, semi],
      [sale(7n), sale(8n)],
    );
    expect(await read(block)).to.deep.equal({
      sales: [],
      leftOut: { ...NONE, bundles: 5 },
    });
  });

  it("leaves out other currencies, and gifts", async () => {
    const dollars = {
      ...listing(9n, 0n),
      consideration: [[...erc20(9n, USDC), seller]],
    };
    const block = await fulfil(
      [dollars, listing(10n, 0n)],
      [sale(9n), sale(10n)],
    );
    expect(await read(block)).to.deep.equal({
      sales: [],
      leftOut: { ...NONE, otherCurrencies: 1, gifts: 1 },
    });
  });

  it("believes no order that the collection does not confirm", async () => {
    const block = await fulfil(
      [
        listing(12n, 1_000n),
        // The same move twice: one of them is invented.
        listing(11n, 5n),
        listing(11n, 5_000n),
        { ...listing(11n, 7n), offerer: third },
      ],
      [sale(11n)],
    );
    const { sales, leftOut } = await read(block);
    expect(sales.map(({ token, price }) => [token, price])).to.deep.equal([
      ["11", 5n],
    ]);
    expect(leftOut).to.deep.equal({ ...NONE, unconfirmed: 3 });
  });

  it("does not hear who is not Seaport, nor other collections", async () => {
    const forged = await fulfil([listing(13n, 1n)], [sale(13n)], stranger);
    const other = { ...listing(13n, 1n), offer: [work(13n, others)] };
    const elsewhere = await fulfil([other], [[others, seller, buyer, 13n]]);
    for (const block of [forged, elsewhere])
      expect(await read(block)).to.deep.equal({ sales: [], leftOut: NONE });
  });

  it("pages, and leaves out what lies outside the blocks", async () => {
    const blocks: number[] = [];
    for (const token of [14n, 15n, 16n])
      blocks.push(await fulfil([listing(token, token)], [sale(token)]));
    const [first = 0, , last = 0] = blocks;
    const tokens = async (from: number, to: number, span: number) =>
      (await read(from, { to, span })).sales.map(({ token }) => token);
    for (const span of [1, 2, 3, 100]) {
      expect(await tokens(first, last, span)).to.deep.equal(["14", "15", "16"]);
      expect(await tokens(first + 1, last - 1, span)).to.deep.equal(["15"]);
    }
    const everything = await read(0, { to: last });
    const times = everything.sales.map(({ time }) => time);
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
  });

  it("leaves out what was sold before a time", async () => {
    const last = await connection.ethers.provider.getBlockNumber();
    const { sales } = await read(0, { to: last });
    const times = [...new Set(sales.map(({ time }) => time))];
    expect(times.length).to.be.above(3);
    for (const since of [0, ...times, ...times.map((time) => time + 1)]) {
      const found = await read(0, { to: last, since });
      expect(found.sales).to.deep.equal(
        sales.filter(({ time }) => time >= since),
      );
    }
  });

  it("counts only the coin where no wrapped one is known", async () => {
    const order = {
      ...listing(17n, 0n),
      consideration: [[...erc20(9n), seller]],
    };
    const block = await fulfil([order], [sale(17n)]);
    const { rpc, collection, seaports } = {
      rpc: createRpc(connection.ethers.provider, 1),
      collection: works as Hex,
      seaports: [seaport as Hex],
    };
    const found = await readSales({
      rpc,
      collection,
      seaports,
      from: block,
      to: block,
    });
    expect(found.leftOut).to.deep.equal({ ...NONE, otherCurrencies: 1 });
    const real = await readSales({ rpc, collection, from: block, to: block });
    expect(real).to.deep.equal({ sales: [], leftOut: NONE });
  });

  it("refuses an order that cannot be read", async () => {
    const provider = connection.ethers.provider;
    const block = await fulfil([listing(18n, 1n)], [sale(18n)]);
    const torn = createRpc(
      {
        async send(method, params) {
          const answer: unknown = await provider.send(method, params);
          if (method !== "eth_getTransactionReceipt") return answer;
          const { logs, ...rest } = answer as { logs: { address: string }[] };
          return {
            ...rest,
            logs: logs.map((log) =>
              log.address.toLowerCase() === seaport
                ? { ...log, data: "0x1234" }
                : log,
            ),
          };
        },
      },
      1,
    );
    await expectCode(read(block, { rpc: torn }), "market/bad-order");
  });
});
