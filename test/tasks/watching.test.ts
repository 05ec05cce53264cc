import { expect } from "chai";

import { FatalError, RetryableError } from "../../offchain/kernel/errors.ts";
import { watchMarket } from "../../tasks/watching.ts";
import { expectCode } from "../kit/rejection.ts";

/** Watches with these looks, one after the other, and then the signal. */
async function watched(looks: readonly (Error | undefined)[]) {
  const stop = new AbortController();
  const notes: string[] = [];
  const idle: boolean[] = [];
  let [looked, slept] = [0, 0];
  await watchMarket(
    {
      note: (sentence) => notes.push(sentence),
      stage: () => {},
      result: () => {},
      settle: () => {},
    },
    {
      every: 7,
      signal: stop.signal,
      onIdle: (now) => idle.push(now),
      async once() {
        const error = looks[looked++];
        if (error !== undefined) throw error;
      },
      async sleep(seconds, signal) {
        expect(seconds).to.equal(7);
        slept++;
        if (looked === looks.length) stop.abort();
        signal?.throwIfAborted();
      },
    },
  );
  return { notes, idle, slept };
}
const stale = new FatalError("round/not-newer", "It is `old`; wait.");

describe("watchMarket", () => {
  it("looks until the signal, and may be ended only while nothing is under way", async () => {
    const { notes, idle, slept } = await watched([undefined, undefined]);
    expect(slept).to.equal(2);
    expect(idle).to.deep.equal([true, false, true]);
    expect(notes).to.deep.equal(["Stopped watching; nothing is half-done."]);
  });

  it("goes on after what may be over at the next look, and tells it once", async () => {
    const { notes, slept } = await watched([
      stale,
      stale,
      undefined,
      stale,
      new FatalError("market/nothing-left", "All are `dead`; wait."),
      new FatalError("chain/refused", "It was `refused`; wait."),
      new FatalError("courier/discarded", "It was `dropped`; wait."),
      new RetryableError("chain/unreachable", "The node is `away`; wait."),
    ]);
    expect(slept).to.equal(8);
    expect(
      notes.map((note) => /: ([a-z-]+\/[a-z-]+): /.exec(note)?.[1]),
    ).to.deep.equal([
      "round/not-newer",
      "round/not-newer",
      "market/nothing-left",
      "chain/refused",
      "courier/discarded",
      "chain/unreachable",
      undefined,
    ]);
  });

  it("ends with what every look would meet, and with faults of ours", async () => {
    const none = new FatalError("chain/no-key", "There is no `key`; add one.");
    await expectCode(watched([undefined, none]), "chain/no-key");
    const fault = new TypeError("ours");
    const thrown = await watched([fault]).catch((error: unknown) => error);
    expect(thrown).to.equal(fault);
  });
});
