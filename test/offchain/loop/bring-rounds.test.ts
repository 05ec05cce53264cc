import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { FatalError, RetryableError } from "../../../offchain/kernel/errors.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import {
  bringRounds,
  requireNewer,
  type BroughtRound,
} from "../../../offchain/loop/bring-rounds.ts";
import type { Courier } from "../../../offchain/loop/courier.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const observed = (time: number, floor = 0): Hex =>
  packObservation({
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, floor: floor > 0 },
    floor,
    time,
  });

describe("bringRounds", () => {
  /** A world whose feed sees a floor where we see none. */
  const world = (bring?: Courier["bring"]) => {
    const chain = fakeChain(createLedger());
    const journal = openMemoryJournal({ store: createMemoryStore() });
    const courier: Courier = {
      kind: "data-feeds",
      bring: bring ?? ((_, once) => chain.bringRound(observed(15, 7), once)),
    };
    const progress = { stage: () => {}, note: () => {} };
    return { chain, journal, courier, progress };
  };
  const openRuns = async ({ chain, journal }: ReturnType<typeof world>) =>
    journal.openRuns((await chain.instance()).id);

  it("says what the oracle accepted, what was seen here, and by whom it was brought", async () => {
    const ports = world();
    let brought: readonly BroughtRound[] = [];
    await bringRounds([observed(10)], ports, async (rounds) => {
      brought = rounds;
      const [run] = await openRuns(ports);
      expect(run?.input).to.deep.equal({
        adapter: "data-feeds",
        observations: [observed(10)],
      });
    });
    expect(brought).to.have.length(1);
    expect(brought[0]).to.include({
      round: 1,
      adapter: "data-feeds",
      observation: observed(15, 7),
      seen: observed(10),
    });
    expect(await openRuns(ports)).to.deep.equal([]);
  });

  it("gives a run up that its adapter refuses, and keeps one that is not answered yet", async () => {
    const deliver = () => Promise.reject(new Error("delivered"));
    const dropped = new FatalError("courier/discarded", "It was `x`; wait.");
    const refusing = world(() => Promise.reject(dropped));
    await expectCode(
      bringRounds([observed(10)], refusing, deliver),
      "courier/discarded",
    );
    expect(await openRuns(refusing)).to.deep.equal([]);
    const late = new RetryableError("courier/unanswered", "No `y`; wait.");
    const waiting = world(() => Promise.reject(late));
    await expectCode(
      bringRounds([observed(10)], waiting, deliver),
      "courier/unanswered",
    );
    expect(await openRuns(waiting)).to.have.length(1);
  });

  it("does nothing for an observation that is no newer than the newest round", async () => {
    const ports = world(() => Promise.reject(new Error("asked")));
    await requireNewer(ports, observed(0));
    await ports.chain.bringRound(observed(10), { key: "first" });
    for (const time of [9, 10]) {
      await expectCode(requireNewer(ports, observed(time)), "round/not-newer");
      await expectCode(
        bringRounds([observed(time)], ports, async () => {}),
        "round/not-newer",
      );
    }
    await requireNewer(ports, observed(11));
  });
});
