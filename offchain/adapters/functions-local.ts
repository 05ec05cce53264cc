import { z } from "zod";

import { fromHex, type Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { readRequest } from "../don/read-request.ts";
import { agree, type NodeAnswer } from "./functions-agree.ts";
import { NODES, signReport } from "./functions-report.ts";
import { loadToolkit } from "./functions-toolkit.ts";
import {
  devContract,
  nodeAccounts,
  type DevContract,
  type DevReceipt,
} from "./functions-transact.ts";
import { createRpc, hexData, type Rpc, type RpcProvider } from "./rpc.ts";

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
export interface Fulfilment {
  readonly receipt: DevReceipt;
  /** What each node said. */
  readonly answers: readonly NodeAnswer[];
  /** Router's: 0 is fulfilled, 1 the callback reverted, 2 and above nothing was called. */
  readonly resultCode: number;
  /** LINK that the subscription was billed, in 10^-18. */
  readonly juels: bigint;
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
  const coordinator = devContract(
    rpc,
    z
      .tuple([hexData])
      .parse(
        (await router.view("getContractById", [at.donId])).map((address) =>
          String(address).toLowerCase(),
        ),
      )[0],
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

/** What the coordinator was asked. */
async function requestOf(
  rpc: Rpc,
  { address, abi }: DevContract,
  requestId: Hex,
): Promise<{ readonly data: Hex; readonly commitment: unknown }> {
  const topics = abi.encodeFilterTopics("OracleRequest", [requestId]);
  const [log] = await rpc.ask(
    "eth_getLogs",
    [{ address, topics, fromBlock: "0x0", toBlock: "latest" }],
    z.array(z.object({ data: hexData, topics: z.array(hexData) })),
  );
  const parsed = log === undefined ? null : abi.parseLog(log);
  if (parsed !== null)
    return {
      data: hexData.parse(parsed.args["data"]),
      commitment: parsed.args["commitment"],
    };
  throw new FatalError(
    "functions/no-request",
    `No request \`${requestId}\` was sent through coordinator \`${address}\`; send one first.`,
  );
}

function outcomeOf(
  { address, abi }: DevContract,
  receipt: DevReceipt,
): Pick<Fulfilment, "resultCode" | "juels"> {
  for (const log of receipt.logs) {
    if (log.address !== address) continue;
    const parsed = abi.parseLog(log);
    if (parsed?.name !== "RequestProcessed") continue;
    return {
      resultCode: Number(parsed.args["resultCode"]),
      juels: z.bigint().parse(parsed.args["totalCostJuels"]),
    };
  }
  throw new FatalError(
    "functions/not-processed",
    `Transaction \`${receipt.transactionHash}\` answered no request; it may have been answered before.`,
  );
}
