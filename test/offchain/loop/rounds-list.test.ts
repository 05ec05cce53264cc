import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { listRounds } from "../../../offchain/loop/rounds-list.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";

const [FIRST, SECOND]: readonly Hex[] = [
  `0x${"a1".repeat(20)}`,
  `0x${"b2".repeat(20)}`,
];
const observed = (time: number): Hex =>
  packObservation({ ...NEUTRAL_OBSERVATION, time });

describe("listRounds", () => {
  it("tells each round with the adapter that brought it, named now or before", async () => {
    const ledger = createLedger();
    ledger.adapters.splice(0, 1, { address: FIRST!, kind: "cre" });
    const chain = fakeChain(ledger);
    await chain.bringRound(observed(1), { key: "one" });
    await chain.bringRound(observed(2), { key: "two" });
    const change = { active: SECOND!, fallback: FIRST! } as const;
    await chain.setParameter({ name: "adapters", ...change }, { key: "name" });
    await chain.bringRound(observed(3), { key: "three" });
    let asked = 0;
    const counted: Chain = {
      ...chain,
      adapterAt(address) {
        asked++;
        return chain.adapterAt(address);
      },
    };
    const { rounds, oracle, stale } = await listRounds(counted);
    expect(
      rounds.map(({ round, adapter }) => [round, adapter.address]),
    ).to.deep.equal([
      [1, FIRST],
      [2, FIRST],
      [3, SECOND],
    ]);
    expect(asked).to.equal(2);
    expect(oracle).to.deep.include({ latestRound: 3 });
    expect(oracle?.active?.address).to.equal(SECOND);
    expect(stale).to.equal(false);
  });

  it("is stale from the moment on when the fallback is heard, if there is one", async () => {
    const chain = fakeChain(createLedger());
    const { timestamp } = await chain.blockByNumber(await chain.height());
    const view = await chain.oracleView();
    const at = (fallbackFrom: number, fallback: typeof view.fallback) =>
      listRounds({
        ...chain,
        oracleView: async () => ({ ...view, fallback, fallbackFrom }),
      });
    const behind = { address: SECOND!, kind: "account" } as const;
    expect((await at(timestamp, behind)).stale).to.equal(true);
    expect((await at(timestamp + 1, behind)).stale).to.equal(false);
    expect((await at(0, undefined)).stale).to.equal(false);
  });

  it("asks no oracle where none is named", async () => {
    const chain = fakeChain(createLedger());
    const epochs = { ...(await chain.epochs()), oracle: undefined };
    const list = await listRounds({
      ...chain,
      epochs: async () => epochs,
      oracleView: () => Promise.reject(new Error("asked")),
    });
    expect(list).to.deep.equal({
      rounds: [],
      oracle: undefined,
      stale: false,
    });
  });
});
