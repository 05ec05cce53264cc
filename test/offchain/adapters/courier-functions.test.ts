import { expect } from "chai";

import { FUNCTIONS } from "../../../offchain/adapters/chain-abi-functions.ts";
import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import { hexData } from "../../../offchain/adapters/rpc.ts";
import { functionsCourier } from "../../../offchain/adapters/courier-functions.ts";
import type { CourierDesk } from "../../../offchain/adapters/courier-desk.ts";
import type { DonRequest } from "../../../offchain/don/request.ts";
import { encodeRequest } from "../../../offchain/don/request.ts";
import { fromHex, toHex, type Hex } from "../../../offchain/kernel/bytes.ts";
import type { Once } from "../../../offchain/loop/chain.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import {
  startFunctionsChain,
  type FunctionsChain,
} from "../../kit/functions-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const observed = (time: number): Hex =>
  packObservation({
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, change: true },
    change: -321,
    time,
  });

/** A script that says what it is told to. */
const saying = (word: Hex): DonRequest => ({
  source: "return Uint8Array.from(args[0].split(','), Number)",
  args: [fromHex(word).join(",")],
});

describe("rounds through Chainlink Functions", () => {
  let chain: FunctionsChain;
  let desk: CourierDesk;
  before(async () => {
    chain = await startFunctionsChain();
    desk = await chain.desk();
  });
  after(() => chain.local.close());

  it("brings what four nodes ran, agreed on and signed, once under its key", async () => {
    const word = observed(1_700_000_000);
    const request = saying(word);
    const adapter = await chain.adapterFor(request);
    const courier = functionsCourier({
      desk,
      adapter,
      request,
      don: chain.don,
    });
    const brought = await courier.bring(word, { key: "first" });
    expect(brought.round).to.include({ round: 1, observation: word });
    expect(brought.round.block).to.equal(brought.block);
    const again = await courier.bring(word, { key: "first" });
    expect(again).to.deep.equal(brought);
    expect((await chain.newest()).round).to.equal(1);
  });

  it("gives no word to a stranger who transmits a signed report", async () => {
    const word = observed(1_700_000_001);
    const { requestId } = await asked(saying(word), { key: "stranger" });
    const from = chain.accounts[0];
    const refusal = await expectCode(
      chain.don.fulfil(requestId, from === undefined ? {} : { from }),
      "chain/refused",
    );
    expect((refusal as RefusedError).reason).to.equal("ReportInvalid");
    expect((await chain.newest()).round).to.equal(1);

    // What the DON says of the same request is heard.
    const { answers, resultCode, juels } = await chain.don.fulfil(requestId);
    expect(answers.map(({ result }) => result)).to.deep.equal(
      Array.from({ length: 4 }, () => word),
    );
    expect(resultCode).to.equal(0);
    expect(juels > 0n).to.equal(true);
    expect((await chain.newest()).round).to.equal(2);
  });

  it("brings no round of a script that throws, and says what it said", async () => {
    const request = { source: "throw Error('no market today')", args: [] };
    const adapter = await chain.adapterFor(request);
    const courier = functionsCourier({
      desk,
      adapter,
      request,
      don: chain.don,
    });
    const error = await expectCode(
      courier.bring(observed(1_700_000_002), { key: "throws" }),
      "courier/discarded",
    );
    expect(error.message).to.include(
      'FunctionsMalformedResponse(0, "no market today")',
    );
    expect((await chain.newest()).round).to.equal(2);
  });

  it("tells when the network does not answer, and finds the answer that comes later", async () => {
    const word = observed(1_700_000_003);
    const once = { key: "asked" };
    const { adapter, request, requestId } = await asked(saying(word), once);
    const courier = functionsCourier({
      desk,
      adapter,
      request,
      patience: 5,
      pause: 2,
    });
    await expectCode(courier.bring(word, once), "courier/unanswered");
    await chain.don.fulfil(requestId);
    const { round } = await courier.bring(word, once);
    expect(round).to.include({ round: 3, observation: word });

    // A second answer to it is heard by nobody.
    await expectCode(chain.don.fulfil(requestId), "functions/not-processed");
    expect((await chain.newest()).round).to.equal(3);
  });

  it("refuses another request than the adapter's", async () => {
    const { adapter } = await asked(saying(observed(1)), { key: "own" });
    const courier = functionsCourier({
      desk,
      adapter,
      request: saying(observed(2)),
    });
    const refusal = await expectCode(
      courier.bring(observed(2), { key: "another" }),
      "chain/refused",
    );
    expect((refusal as RefusedError).reason).to.equal("FunctionsOtherRequest");
  });

  it("tells why the router called nobody", async () => {
    const request = saying(observed(3));
    const adapter = await chain.adapterFor(request);
    const don = { fulfil: () => Promise.resolve({ resultCode: 3 }) };
    const courier = functionsCourier({ desk, adapter, request, don });
    const error = await expectCode(
      courier.bring(observed(3), { key: "dear" }),
      "courier/no-callback",
    );
    expect(error.message).to.include("LINK");
  });

  it("lets a development chain reach the time of what is brought", async () => {
    const word = observed((await chain.newest()).now + 86_400);
    const request = saying(word);
    const adapter = await chain.adapterFor(request);
    const courier = functionsCourier({
      desk,
      adapter,
      request,
      don: chain.don,
    });
    const { round } = await courier.bring(word, { key: "tomorrow" });
    expect(round.observation).to.equal(word);
  });

  it("knows no request that was not sent", async () => {
    await expectCode(
      chain.don.fulfil(`0x${"12".repeat(32)}`),
      "functions/no-request",
    );
  });

  /** An adapter and the request that it sent. */
  async function asked(
    request: DonRequest,
    once: Once,
  ): Promise<{ adapter: Hex; request: DonRequest; requestId: Hex }> {
    const adapter = await chain.adapterFor(request);
    const target = { address: adapter, abi: FUNCTIONS };
    const data = toHex(encodeRequest(request));
    const { logs } = await desk.send(
      "anybody",
      target,
      "request",
      [data],
      once,
    );
    const sent = logs.find(({ address }) => address === adapter);
    return { adapter, request, requestId: hexData.parse(sent?.topics[1]) };
  }
});
