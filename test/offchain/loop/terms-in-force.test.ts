import { expect } from "chai";

import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { reachTurn } from "../../../offchain/loop/reach-round.ts";
import {
  nextEpochFrom,
  requireCadence,
  withTermsInForce,
} from "../../../offchain/loop/terms-in-force.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const TERMS = { guardThreshold: 0, oddsSensitivity: 12_000, cadence: 3_600 };
const ROOT = `0x${"ab".repeat(32)}` as const;
const once = (key: string) => ({ key });

describe("loop/terms-in-force", () => {
  it("changes what the collection holds openings to, and nothing else", () => {
    const { guardThreshold, oddsSensitivity } = TERMS;
    expect(withTermsInForce(NEUTRAL_OBSERVATION, TERMS)).to.deep.equal({
      ...NEUTRAL_OBSERVATION,
      guardThreshold,
      oddsSensitivity,
    });
    expect(withTermsInForce(NEUTRAL_OBSERVATION, undefined)).to.equal(
      NEUTRAL_OBSERVATION,
    );
  });

  /** A chain with one epoch and another round, whose newest block has this age after the epoch. */
  async function evolved(cadence: number, age: { seconds: number }) {
    const ledger = createLedger();
    const chain = fakeChain(ledger);
    const opening = { to: ROOT, recipe: ROOT, count: 1, conditions: ROOT };
    await chain.openBatch(opening, once("open"));
    const blockHash = ROOT;
    await chain.sealBatch({ batch: 1, root: ROOT, blockHash }, once("seal"));
    await chain.bringRound(ROOT, once("round 1"));
    await chain.evolve({ root: ROOT, round: 1 }, once("epoch"));
    await chain.bringRound(ROOT, once("round 2"));
    const { time } = await chain.epochAt(1);
    const block = await chain.blockByNumber(1);
    const on: Chain = {
      ...chain,
      termsInForce: async () => ({ ...TERMS, cadence }),
      blockByNumber: async () => ({ ...block, timestamp: time + age.seconds }),
    };
    return { chain: on, earliest: time + cadence };
  }
  const clock = { elapsed: () => 0, now: () => new Date(0) };

  it("says from when the next epoch is taken, and refuses one before", async () => {
    const age = { seconds: 3_599 };
    const { chain, earliest } = await evolved(3_600, age);
    expect(await nextEpochFrom({ chain, clock })).to.equal(earliest);
    await expectCode(requireCadence({ chain, clock }), "evolve/too-soon");
    const later = { ...clock, now: () => new Date(earliest * 1_000) };
    expect(await nextEpochFrom({ chain, clock: later })).to.equal(undefined);
    age.seconds = 3_600;
    await requireCadence({ chain, clock });
  });

  it("lets any epoch follow where no time is set", async () => {
    const { chain } = await evolved(0, { seconds: 0 });
    expect(await nextEpochFrom({ chain, clock })).to.equal(undefined);
    const fresh = fakeChain(createLedger());
    expect(await nextEpochFrom({ chain: fresh, clock })).to.equal(undefined);
  });

  it("waits until the round's turn has come, and says so", async () => {
    const age = { seconds: 0 };
    const { chain } = await evolved(3_600, age);
    const told: (string | undefined)[] = [];
    const waiting = {
      async pause(_?: AbortSignal, why?: string) {
        told.push(why);
        age.seconds += 1_800;
      },
    };
    const { round } = await reachTurn({ chain, waiting, clock });
    expect(round).to.equal(2);
    expect(told.map((why) => typeof why)).to.deep.equal(["string", "string"]);
  });
});
