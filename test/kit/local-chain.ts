import hre, { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import {
  createChain,
  type ChainOptions,
} from "../../offchain/adapters/chain-ethers.ts";
import type { RpcProvider } from "../../offchain/adapters/rpc.ts";
import {
  resolveWallets,
  walletFromKey,
  walletsFrom,
  type Wallets,
  type ChainWallet,
} from "../../offchain/adapters/wallet-ethers.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Chain } from "../../offchain/loop/chain.ts";
import { openMemoryJournal } from "./memory-journal.ts";
import { WIDE_BOUNDS } from "./oracle-bounds.ts";

/** Key of the first account of every Hardhat chain: public knowledge. */
export const FIRST_KEY =
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

/** A recipe that the chain knows from the start. */
export const RECIPE: Hex = `0x${"ab".repeat(32)}`;

/** Blocks after the seed block in which a batch can be sealed. */
export const SEAL_WINDOW = 20;

/** A chain in this process with both contracts and one recipe. */
export interface LocalChain {
  readonly provider: RpcProvider;
  readonly wallet: ChainWallet;
  readonly collection: Hex;
  readonly registry: Hex;
  /** Named by the collection; account 7 brings its rounds. */
  readonly oracle: Hex;
  /** Another oracle, not named yet, whose first round has this number. */
  deployOracle(firstRound: number): Promise<Hex>;
  /** Deploys any contract from the operator's account. */
  deploy(name: string, args: readonly unknown[]): Promise<Hex>;
  /** The adapter under test; by default with the wallet and a new journal in memory. */
  chain(options?: Partial<ChainOptions>): Chain;
  /** What {@link LocalChain.chain} is made of, for other adapters of the same chain. */
  options(options?: Partial<ChainOptions>): ChainOptions;
  /** Number of `Opened` events: what really happened, read past the adapter. */
  openings(): Promise<number>;
  close(): Promise<void>;
}

/** One account that signs everything. */
export async function onlyWallet(wallet: ChainWallet): Promise<Wallets> {
  const wallets = await walletsFrom([wallet]);
  if (wallets === undefined) throw new Error("no wallet");
  return wallets;
}

/**
 * Starts one, its accounts 0 to 6 holding one job each and account 7 bringing rounds; close it after use. Given a connection, the
 * contracts are deployed there: a chain with the accounts of every Hardhat node that mines what it is sent.
 */
export async function startLocalChain(
  given?: NetworkConnection,
): Promise<LocalChain> {
  const connection = given ?? (await network.create());
  const { ethers } = connection;
  const signers = await ethers.getSigners();
  const [
    operator,
    admin,
    registrar,
    guardian,
    parameterAuthority,
    publisher,
    voucherSigner,
    oracleAdapter,
  ] = signers.map(({ address }) => address);
  const registry = await ethers.deployContract("RecipeRegistry", [
    {
      admin,
      adminDelay: 0n,
      operator,
      registrar,
      guardian,
      parameterAuthority,
      publisher,
      voucherSigner,
    },
  ]);
  const collection = await ethers.deployContract("LoopCollection", [
    {
      name: "Test",
      symbol: "TEST",
      contractURI: "",
      registry: await registry.getAddress(),
      maxSupply: 10_000n,
      seedDelay: 1n,
      sealWindow: BigInt(SEAL_WINDOW),
      worksPerDay: 10_000n,
      owner: admin,
      royaltyReceiver: admin,
      royaltyBps: 0n,
    },
  ]);
  await (
    await registry.connect(signers[2] ?? null).getFunction("register")(RECIPE)
  ).wait();
  const deploy = async (
    name: string,
    args: readonly unknown[],
  ): Promise<Hex> => {
    const contract = await ethers.deployContract(name, [...args]);
    return (await contract.getAddress()).toLowerCase() as Hex;
  };
  const deployOracle = async (firstRound: number): Promise<Hex> =>
    deploy("MarketOracle", [
      await registry.getAddress(),
      await collection.getAddress(),
      oracleAdapter,
      WIDE_BOUNDS,
      firstRound,
    ]);
  const oracle = await deployOracle(1);
  await (
    await collection.connect(signers[1] ?? null).getFunction("setOracle")(
      oracle,
    )
  ).wait();
  const provider: RpcProvider = ethers.provider;
  const wallet = walletFromKey(FIRST_KEY);
  const development = hre.config.networks["node"]?.accounts;
  const wallets = await resolveWallets({
    provider,
    accounts: "remote",
    ...(development === undefined ? {} : { development }),
  });
  const addresses = {
    collection: (await collection.getAddress()).toLowerCase() as Hex,
    registry: (await registry.getAddress()).toLowerCase() as Hex,
  };
  const options = (own: Partial<ChainOptions> = {}): ChainOptions => ({
    provider,
    wallets,
    journal: openMemoryJournal(),
    collectionAddress: addresses.collection,
    registryAddress: addresses.registry,
    pause: 5,
    ...own,
  });
  return {
    provider,
    wallet,
    ...addresses,
    oracle,
    deployOracle,
    deploy,
    options,
    chain: (own = {}) => createChain(options(own)),
    openings: async () =>
      (await collection.queryFilter(collection.getEvent("Opened"))).length,
    close: () => connection.close(),
  };
}
