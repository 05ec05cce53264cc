import {
  AbiCoder,
  computeAddress,
  encodeBytes32String,
  Interface,
  toUtf8Bytes,
} from "ethers";
import { z } from "zod";

import { toHex, type Hex } from "../kernel/bytes.ts";
import { LIARS, nodeKeys, NODES } from "./functions-report.ts";
import { loadToolkit, type ToolkitContract } from "./functions-toolkit.ts";
import {
  devContract,
  nodeAccounts,
  transact,
  type DevContract,
} from "./functions-transact.ts";
import { createRpc, hexData, quantity, type RpcProvider } from "./rpc.ts";

/** LINK in the subscription: for a hundred requests and more. */
const FUNDS = 1_000n * 10n ** 18n;

/** Where a local network is, and the subscription that pays. */
export interface FunctionsNetwork {
  readonly router: Hex;
  readonly coordinator: Hex;
  readonly link: Hex;
  readonly donId: Hex;
  readonly subscriptionId: number;
}

/**
 * Puts Chainlink's own contracts on a development chain: LINK, two price feeds that stand still, router, allow-list (open) and the
 * coordinator with four OCR2 signers of which one may lie. Account 14 deploys, owns and pays for everything; 14 to 17 transmit.
 * @throws FatalError `functions/not-development`, `functions/no-accounts`, `functions/no-toolkit`.
 */
export async function deployFunctionsNetwork(
  provider: RpcProvider,
): Promise<FunctionsNetwork> {
  const rpc = createRpc(provider);
  const transmitters = await nodeAccounts(rpc, NODES);
  const owner = z.tuple([hexData], hexData).parse(transmitters)[0];
  const { contracts, config } = await loadToolkit();
  const deploy = async (
    { abi, bytecode }: ToolkitContract,
    ...args: readonly unknown[]
  ): Promise<DevContract> => {
    const data = `${bytecode}${new Interface(abi).encodeDeploy(args).slice(2)}`;
    const receipt = await transact(rpc, { from: owner, data: data as Hex });
    const address = hexData.parse(receipt.contractAddress);
    return devContract(rpc, address, abi, owner);
  };

  const link = await deploy(contracts.LinkTokenSource);
  const feed = (decimals: number, price: bigint): Promise<DevContract> =>
    deploy(contracts.MockV3AggregatorSource, decimals, price);
  const linkInEther = await feed(18, config.simulatedLinkEthPrice);
  const linkInDollars = await feed(8, config.simulatedLinkUsdPrice);
  const router = await deploy(
    contracts.FunctionsRouterSource,
    link.address,
    config.simulatedRouterConfig,
  );
  const coordinator = await deploy(
    contracts.FunctionsCoordinatorSource,
    router.address,
    // The clock of a development chain leaps; a feed is never stale there, or a request would cost more than it set aside.
    { ...config.simulatedCoordinatorConfig, feedStalenessSeconds: 0 },
    linkInEther.address,
    linkInDollars.address,
  );
  const allowList = await deploy(
    contracts.TermsOfServiceAllowListSource,
    config.simulatedAllowListConfig,
    [],
    [],
  );

  const donId = encodeBytes32String(config.simulatedDonId) as Hex;
  const allowListId = encodeBytes32String(config.simulatedAllowListId);
  await router.send("setAllowListId", [allowListId]);
  await router.send("proposeContractsUpdate", [
    [allowListId, donId],
    [allowList.address, coordinator.address],
  ]);
  await router.send("updateContracts", []);
  const { donKey, thresholdKeys } = config.simulatedSecretsKeys;
  await coordinator.send("setDONPublicKey", [donKey.publicKey]);
  await coordinator.send("setThresholdPublicKey", [
    toHex(toUtf8Bytes(thresholdKeys.publicKey)),
  ]);
  const signers = nodeKeys().map(({ publicKey }) => computeAddress(publicKey));
  await coordinator.send("setConfig", [
    signers,
    transmitters,
    LIARS,
    "0x",
    1,
    "0x",
  ]);

  const { logs } = await router.send("createSubscription", []);
  // SubscriptionCreated(uint64 indexed subscriptionId, address owner)
  const subscriptionId = quantity.parse(logs[0]?.topics[1]);
  const told = AbiCoder.defaultAbiCoder().encode(["uint64"], [subscriptionId]);
  await link.send("transferAndCall", [router.address, FUNDS, told]);
  return {
    router: router.address,
    coordinator: coordinator.address,
    link: link.address,
    donId,
    subscriptionId,
  };
}
