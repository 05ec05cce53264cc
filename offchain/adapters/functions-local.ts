import { fromHex, type Hex } from "../kernel/bytes.ts";
import { readRequest } from "../don/read-request.ts";
import { agree, type NodeAnswer } from "./functions-agree.ts";
import { outcomeOf, requestOf, type Outcome } from "./functions-events.ts";
import { NODES, signReport } from "./functions-report.ts";
import { loadToolkit } from "./functions-toolkit.ts";
import {
  devContract,
  nodeAccounts,
  type DevReceipt,
} from "./functions-transact.ts";
import { createRpc, hexData, type RpcProvider } from "./rpc.ts";

/** For a transmission with the largest callback: the node's estimate is what a transmission without its callback needs. */
const TRANSMIT_GAS = 1_500_000n;

/** A DON that is played here. */
export interface LocalDon {
  /**
   * Answers a request as the network would: runs its script on four nodes, one after another, agrees, signs, transmits.
   * @param options.from another account than a transmitter of the DON, which the coordinator refuses.
   * @throws FatalError `functions/no-request`, `chain/refused`, `don/bad-request`.
   */
  fulfil(
    requestId: Hex,
    options?: { readonly from?: Hex },
  ): Promise<Fulfilment>;
}

/** How a request was answered. */
export interface Fulfilment extends Outcome {
  readonly receipt: DevReceipt;
  /** What each node said. */
  readonly answers: readonly NodeAnswer[];
}

/**
 * The DON of a network that `deployFunctionsNetwork` put on this development chain, in this or another process.
 * @throws FatalError `functions/not-development`, `functions/no-accounts`, `functions/no-toolkit`.
 */
export async function openLocalDon(
  provider: RpcProvider,
  at: { readonly router: Hex; readonly donId: Hex },
): Promise<LocalDon> {
  const rpc = createRpc(provider);
  const [transmitter = at.router] = await nodeAccounts(rpc, NODES);
  const toolkit = await loadToolkit();
  const { FunctionsRouterSource, FunctionsCoordinatorSource } =
    toolkit.contracts;
  const router = devContract(
    rpc,
    at.router,
    FunctionsRouterSource.abi,
    transmitter,
  );
  const [named] = await router.view("getContractById", [at.donId]);
  const coordinator = devContract(
    rpc,
    hexData.parse(named),
    FunctionsCoordinatorSource.abi,
    transmitter,
  );

  return {
    async fulfil(requestId, { from = transmitter } = {}) {
      const { data, commitment } = await requestOf(rpc, coordinator, requestId);
      const { source, args } = readRequest(fromHex(data));
      const answers: NodeAnswer[] = [];
      for (let node = 0; node < NODES; node++) {
        const said = await toolkit.simulate(source, args);
        answers.push({
          result: said.responseBytesHexstring,
          error: said.errorString,
        });
      }
      const [, , digest] = await coordinator.view("latestConfigDetails");
      const receipt = await coordinator.send(
        "transmit",
        signReport(hexData.parse(digest), {
          requestId,
          commitment,
          ...agree(answers),
        }),
        { from, gas: TRANSMIT_GAS },
      );
      return { receipt, answers, ...outcomeOf(router, receipt) };
    },
  };
}
