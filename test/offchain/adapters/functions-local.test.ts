import { expect } from "chai";

import { functionsCourier } from "../../../offchain/adapters/courier-functions.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
} from "../../../offchain/kernel/observation.ts";
import { observe } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import { syntheticDaily } from "../../../offchain/market/sample.ts";
import {
  startFunctionsChain,
  type FunctionsChain,
} from "../../kit/functions-chain.ts";
import { localRequest, SAMPLE_MOMENT } from "../../kit/functions-request.ts";

describe("the market's script on a local DON", () => {
  let chain: FunctionsChain;
  before(async () => {
    chain = await startFunctionsChain();
  });
  after(() => chain.local.close());

  it("brings the market that its sources tell, one of them dead", async () => {
    const sources = await localRequest({
      dead: ["/api.coingecko.com/"],
    });
    try {
      const adapter = await chain.adapterFor(sources.request);
      const desk = await chain.desk();
      const { round } = await functionsCourier({
        desk,
        adapter,
        request: sources.request,
        don: chain.don,
      }).bring(
        packObservation({ ...NEUTRAL_OBSERVATION, time: SAMPLE_MOMENT }),
        { key: "market" },
      );
      const alone = observe(parseMarketCsv(syntheticDaily()), {
        at: SAMPLE_MOMENT,
      });
      const brought = unpackObservation(round.observation);
      // The venue that is left is 2 bps dearer, and tells no volume of the market.
      expect(brought.change).to.be.closeTo(alone.change, 1);
      expect(brought.floor).to.be.closeTo(alone.floor * 1.0002, 1);
      expect(brought.present).to.deep.equal({
        ...alone.present,
        sentiment: true,
        volume: false,
      });
      // Four nodes, three queries each.
      expect(sources.server.asked).to.have.length(12);
    } finally {
      await sources.close();
    }
  });
});
