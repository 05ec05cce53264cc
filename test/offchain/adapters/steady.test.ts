import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import { steadily } from "../../../offchain/adapters/steady.ts";
import { expectCode } from "../../kit/rejection.ts";
import { drain } from "../../kit/sendable.ts";

describe("adapters/steady", () => {
  async function* every(ms: number, times: number): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < times; i++) {
      await sleep(ms, undefined, { ref: ms < 1_000 });
      yield new Uint8Array(10);
    }
  }

  it("hands on what comes fast enough, whoever reads it slowly", async () => {
    const limits = { idle: 2_000, rate: 1, grace: 0 };
    expect(await drain(steadily("x", every(1, 20), limits))).to.equal(200);
    let bytes = 0;
    const slow = { idle: 30, rate: 10, grace: 0 };
    for await (const piece of steadily("x", every(0, 3), slow)) {
      await sleep(50);
      bytes += piece.length;
    }
    expect(bytes).to.equal(30);
  });

  it("gives up on what stalls, on what drips, and when it is told to", async () => {
    async function* stalled(): AsyncGenerator<Uint8Array> {
      await sleep(50);
      yield new Uint8Array(1);
      yield* every(5_000, 1);
    }
    const stalls = steadily("x", stalled(), { idle: 20 });
    await expectCode(drain(stalls), "pins/unreachable");
    const drips = steadily("x", every(5, 1_000), { rate: 1e6, grace: 20 });
    await expectCode(drain(drips), "pins/unreachable");
    const stop = new AbortController();
    const reading = drain(steadily("x", every(5_000, 1), {}, stop.signal));
    stop.abort();
    expect(await reading.catch((error: unknown) => error)).to.equal(
      stop.signal.reason,
    );
  });

  it("tells its source that it is given up", async () => {
    let ended = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(1);
      } finally {
        ended = true;
      }
    }
    for await (const _ of steadily("x", source())) break;
    await sleep(0);
    expect(ended).to.equal(true);
  });
});
