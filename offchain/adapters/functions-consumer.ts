import type { Hex } from "../kernel/bytes.ts";
import type { FunctionsNetwork } from "./functions-deploy.ts";
import { loadToolkit } from "./functions-toolkit.ts";
import { devContract, nodeAccounts } from "./functions-transact.ts";
import { createRpc, type RpcProvider } from "./rpc.ts";

/** Lets a contract send requests that the subscription of a local network pays. */
export async function addFunctionsConsumer(
  provider: RpcProvider,
  {
    router,
    subscriptionId,
  }: Pick<FunctionsNetwork, "router" | "subscriptionId">,
  consumer: Hex,
): Promise<void> {
  const rpc = createRpc(provider);
  const [owner = router] = await nodeAccounts(rpc, 1);
  const { contracts } = await loadToolkit();
  const { abi } = contracts.FunctionsRouterSource;
  await devContract(rpc, router, abi, owner).send("addConsumer", [
    subscriptionId,
    consumer,
  ]);
}
