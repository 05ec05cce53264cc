import { readFile } from "node:fs/promises";

import { Contract, type JsonRpcSigner } from "ethers";

import { SEAPORTS } from "../../../offchain/adapters/sales-seaport.ts";
import type { Town } from "./town.ts";

const ARTIFACT = new URL(
  "../../../artifacts/test/contracts/mocks/Shop.sol/Shop.json",
  import.meta.url,
);
const WORKS = [
  "function ownerOf(uint256) view returns (address)",
  "function setApprovalForAll(address, bool)",
  "function isApprovedForAll(address, address) view returns (bool)",
  "function royaltyInfo(uint256, uint256) view returns (address, uint256)",
];

/** What a sale paid, wei. */
export interface Sale {
  readonly price: bigint;
  readonly seller: bigint;
  readonly royalty: bigint;
  readonly receiver: string;
}

/** A marketplace of the town; where Seaport is elsewhere, so that its sales are read as the collection's own. */
export interface Shop {
  /** Sells a work to somebody, for wei. */
  sell(token: string, to: string, price: bigint): Promise<Sale>;
  ownerOf(token: string): Promise<string>;
}

/** Opens it for a collection. */
export async function openShop(town: Town, collection: string): Promise<Shop> {
  const { provider } = town;
  const [address = ""] = SEAPORTS;
  const { abi, deployedBytecode } = JSON.parse(
    await readFile(ARTIFACT, "utf8"),
  ) as { abi: string[]; deployedBytecode: string };
  await provider.send("hardhat_setCode", [address, deployedBytecode]);
  const works = new Contract(collection, WORKS, provider);
  const shop = new Contract(address, abi, provider);
  const as = async (account: string): Promise<JsonRpcSigner> =>
    provider.getSigner(account);
  const call = async (
    contract: Contract,
    account: string,
    name: string,
    ...args: unknown[]
  ): Promise<void> => {
    const connected = contract.connect(await as(account)) as Contract;
    await (await connected.getFunction(name)(...args)).wait();
  };
  const ownerOf = (token: string): Promise<string> =>
    works.getFunction("ownerOf")(token) as Promise<string>;
  return {
    ownerOf,
    async sell(token, to, price) {
      const owner = await ownerOf(token);
      const [receiver] = (await works.getFunction("royaltyInfo")(
        token,
        price,
      )) as [string];
      if (!(await works.getFunction("isApprovedForAll")(owner, address)))
        await call(works, owner, "setApprovalForAll", address, true);
      await call(shop, owner, "ask", collection, token, price);
      const before = [
        await provider.getBalance(owner),
        await provider.getBalance(receiver),
      ] as const;
      await call(shop, to, "buy", collection, token, { value: price });
      return {
        price,
        seller: (await provider.getBalance(owner)) - before[0],
        royalty: (await provider.getBalance(receiver)) - before[1],
        receiver,
      };
    },
  };
}
