import hre from "hardhat";
import { Interface } from "ethers";
import { z } from "zod";

import {
  createDesk,
  type CourierDesk,
} from "../../offchain/adapters/courier-desk.ts";
import { addFunctionsConsumer } from "../../offchain/adapters/functions-consumer.ts";
import {
  deployFunctionsNetwork,
  type FunctionsNetwork,
} from "../../offchain/adapters/functions-deploy.ts";
import {
  openLocalDon,
  type LocalDon,
} from "../../offchain/adapters/functions-local.ts";
import { transact } from "../../offchain/adapters/functions-transact.ts";
import {
  createRpc,
  hexData,
  quantity,
  type Rpc,
} from "../../offchain/adapters/rpc.ts";
import { requestHash, type DonRequest } from "../../offchain/don/request.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import { onlyWallet, startLocalChain, type LocalChain } from "./local-chain.ts";
import { openMemoryJournal } from "./memory-journal.ts";

/** The account that administers the contracts of a local chain. */
const ADMIN = 1;

/** A local chain with Chainlink's contracts, and adapters in front of the collection's oracle. */
export interface FunctionsChain {
  readonly local: LocalChain;
  readonly rpc: Rpc;
  readonly network: FunctionsNetwork;
  readonly don: LocalDon;
  readonly accounts: readonly Hex[];
  /** An adapter that was made for a request, and that the oracle hears from now on. */
  adapterFor(
    request: DonRequest,
    options?: { readonly router?: Hex; readonly callbackGas?: number },
  ): Promise<Hex>;
  /** A desk whose journal is new. */
  desk(): Promise<CourierDesk>;
  /** The oracle's newest round, 0 before the first, the time of its observation, and the newest block's. */
  newest(): Promise<{
    readonly round: number;
    readonly observation: Hex | undefined;
    readonly time: number;
    readonly now: number;
  }>;
}

/** Starts one; close its `local` after use. */
export async function startFunctionsChain(): Promise<FunctionsChain> {
  const local = await startLocalChain();
  const { provider, oracle } = local;
  const rpc = createRpc(provider);
  const accounts = hexData
    .array()
    .parse(await provider.send("eth_accounts", []));
  const network = await deployFunctionsNetwork(provider);
  const desk = async (): Promise<CourierDesk> =>
    createDesk({
      provider,
      wallets: await onlyWallet(local.wallet),
      journal: openMemoryJournal(),
      collectionAddress: local.collection,
      registryAddress: local.registry,
      pause: 5,
    });
  const from = accounts[ADMIN] ?? oracle;
  const oracleAbi = new Interface([
    "function setAdapters(address, address)",
    "function latestRound() view returns (uint256)",
    "function roundAt(uint256 round) view returns (bytes32 observation, uint256 blockNumber, uint256 time, uint256 seals)",
  ]);
  const { abi, bytecode } =
    await hre.artifacts.readArtifact("FunctionsAdapter");
  const adapterAbi = new Interface(abi as never);
  return {
    local,
    rpc,
    network,
    accounts,
    don: await openLocalDon(provider, network),
    desk,
    async adapterFor(
      request,
      { router = network.router, callbackGas = 300_000 } = {},
    ) {
      const args = [
        oracle,
        router,
        network.subscriptionId,
        network.donId,
        callbackGas,
        requestHash(request),
        1,
      ];
      const data =
        `${bytecode}${adapterAbi.encodeDeploy(args).slice(2)}` as Hex;
      const deployed = await transact(rpc, { from, data });
      const adapter = hexData.parse(deployed.contractAddress);
      await addFunctionsConsumer(provider, network, adapter);
      const none = `0x${"00".repeat(20)}`;
      const name = oracleAbi.encodeFunctionData("setAdapters", [adapter, none]);
      await transact(rpc, { from, to: oracle, data: name as Hex });
      return adapter;
    },
    async newest() {
      const target = { address: oracle, abi: oracleAbi };
      const asking = await desk();
      const { timestamp: now } = await rpc.ask(
        "eth_getBlockByNumber",
        ["latest", false],
        z.object({ timestamp: quantity }),
      );
      const round = Number((await asking.ask(target, "latestRound"))[0]);
      if (round === 0) return { round, observation: undefined, time: 0, now };
      const [observation] = await asking.ask(target, "roundAt", [round]);
      const word = hexData.parse(observation);
      return {
        round,
        observation: word,
        time: unpackObservation(word).time,
        now,
      };
    },
  };
}
