import { FUNCTIONS } from "../../offchain/adapters/chain-abi-functions.ts";
import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import type { CourierDesk } from "../../offchain/adapters/courier-desk.ts";
import { functionsCourier } from "../../offchain/adapters/courier-functions.ts";
import { readDonRequest } from "../../offchain/adapters/don-script.ts";
import { addFunctionsConsumer } from "../../offchain/adapters/functions-consumer.ts";
import { deployFunctionsNetwork } from "../../offchain/adapters/functions-deploy.ts";
import { openLocalDon } from "../../offchain/adapters/functions-local.ts";
import { servedDon } from "../../offchain/adapters/functions-served.ts";
import { SOURCES_PORT } from "../../offchain/adapters/sources-server.ts";
import { defaultQueries, queriesAt } from "../../offchain/don/queries.ts";
import { requestHash, type DonRequest } from "../../offchain/don/request.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import type { Courier } from "../../offchain/loop/courier.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import type { MarketSeries } from "../../offchain/market/series.ts";
import type { LocalOracle } from "../local-adapters.ts";

/** The nodes of a development chain look where a recorded market is served to them for as long as they look. */
const localRequest = (): Promise<DonRequest> =>
  readDonRequest(queriesAt(`http://127.0.0.1:${SOURCES_PORT}`));

/**
 * The courier of Chainlink Functions: this file alone loads its toolkit, and only on a development chain, whose nodes are played here.
 * @throws FatalError from `bring`: `courier/no-market` on a development chain without a file for the nodes to look at.
 */
export async function functionsCourierOf(
  { provider }: ChainOptions,
  desk: CourierDesk,
  {
    adapter,
    series,
  }: { readonly adapter: Hex; readonly series?: MarketSeries | undefined },
): Promise<Courier> {
  const { development } = await desk.instance();
  if (!development) {
    const request = await readDonRequest(defaultQueries());
    return functionsCourier({ desk, adapter, request });
  }
  const request = await localRequest();
  const target = { address: adapter, abi: FUNCTIONS };
  const { router, donId } = await desk.ask(target, "configuration");
  const network = {
    router: String(router).toLowerCase() as Hex,
    donId: String(donId) as Hex,
  };
  const don = await openLocalDon(provider, network);
  return {
    kind: "functions",
    bring(observation, once) {
      if (series === undefined)
        throw new FatalError(
          "courier/no-market",
          "The nodes of a development chain look at one file, and none is given; give --market FILE.",
        );
      const { time } = unpackObservation(observation);
      const at = (Math.floor(time / DAY) + 1) * DAY;
      const served = servedDon(don, { market: { series, at } });
      return functionsCourier({ desk, adapter, request, don: served }).bring(
        observation,
        once,
      );
    },
  };
}

/** Puts Chainlink's own contracts on a development chain, and behind them the adapter that `deployAdapter` deploys. */
export async function deployFunctions(
  { provider }: ChainOptions,
  { oracle }: LocalOracle,
  deployAdapter: (
    router: Hex,
    parameters: Record<string, string | bigint>,
  ) => Promise<Hex>,
): Promise<Hex> {
  const network = await deployFunctionsNetwork(provider);
  const { router, donId, subscriptionId } = network;
  const adapter = await deployAdapter(router, {
    oracle,
    router,
    donId,
    subscriptionId: BigInt(subscriptionId),
    requestHash: requestHash(await localRequest()),
    leastInterval: 1n,
  });
  await addFunctionsConsumer(provider, network, adapter);
  return adapter;
}
