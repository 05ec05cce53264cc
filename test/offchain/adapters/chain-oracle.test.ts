import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import { WIDE_BOUNDS } from "../../kit/oracle-bounds.ts";
import { expectCode } from "../../kit/rejection.ts";

const NOBODY: Hex = `0x${"00".repeat(20)}`;
const STRANGER: Hex = `0x${"77".repeat(20)}`;
const NAME = "0x61626364656630313233";

describe("whom an oracle hears", () => {
  let local: LocalChain;
  let chain: Chain;
  beforeEach(async () => {
    local = await startLocalChain();
    chain = local.chain();
  });
  afterEach(() => local.close());

  const named = (active: Hex, fallback: Hex) =>
    chain.setParameter(
      { name: "adapters", active, fallback },
      { key: `${active}/${fallback}` },
    );
  const cre = () =>
    local.deploy("CreReceiver", [local.oracle, STRANGER, STRANGER, NAME]);

  it("tells an account, and the bounds of the oracle", async () => {
    const { active, bounds, ...view } = await chain.oracleView();
    expect(active?.kind).to.equal("account");
    expect(view).to.deep.include({
      oracle: local.oracle,
      latestRound: 0,
      fallback: undefined,
    });
    expect(bounds).to.deep.equal(
      Object.fromEntries(
        Object.entries(WIDE_BOUNDS).map(([name, value]) => [
          name,
          Number(value),
        ]),
      ),
    );
  });

  it("tells adapters by what they say they are, and from when the fallback is heard", async () => {
    const receiver = await cre();
    const reporters = await local.deploy("SignedReporters", [
      local.registry,
      local.oracle,
      [STRANGER],
      1n,
    ]);
    const { block } = await named(receiver, reporters);
    const view = await chain.oracleView();
    expect(view.active).to.deep.equal({ address: receiver, kind: "cre" });
    expect(view.fallback).to.deep.equal({
      address: reporters,
      kind: "signed-reporters",
    });
    const { timestamp } = await chain.blockByNumber(block);
    expect(view.fallbackFrom).to.equal(
      timestamp + Number(WIDE_BOUNDS.staleAfter),
    );
    await named(NOBODY, NOBODY);
    const nobody = await chain.oracleView();
    expect([nobody.active, nobody.fallback]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it("calls a contract that is no adapter unknown, and an account that lends itself an account", async () => {
    expect(await chain.adapterAt(local.registry)).to.deep.equal({
      address: local.registry,
      kind: "unknown",
    });
    const code = async (bytes: string) => {
      await local.provider.send("hardhat_setCode", [STRANGER, bytes]);
      return (await chain.adapterAt(STRANGER)).kind;
    };
    // Answers everything with the word 1, so also that it supports the interface; its kind is no text that we know.
    expect(await code("0x600160005260206000f3")).to.equal("unknown");
    expect(await code("0xfe")).to.equal("unknown");
    expect(await code("0x00")).to.equal("unknown");
    expect(await code(`0xef0100${"11".repeat(20)}`)).to.equal("account");
    expect(await code("0x")).to.equal("account");
  });

  it("signs for a fallback whose key is here where the active one is a contract", async () => {
    const { active } = await chain.oracleView();
    const account = active?.address ?? NOBODY;
    await named(await cre(), account);
    const error = await expectCode(
      chain.bringRound(
        packObservation({ ...NEUTRAL_OBSERVATION, time: 1_000 }),
        { key: "early" },
      ),
      "chain/refused",
    );
    expect(error.message).to.include("MarketOracleFallbackTooEarly");
  });

  it("says that no oracle is named", async () => {
    await chain.setParameter(
      { name: "oracle", oracle: NOBODY },
      { key: "none" },
    );
    await expectCode(chain.oracleView(), "chain/no-oracle");
  });
});
