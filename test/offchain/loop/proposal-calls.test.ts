import { expect } from "chai";
import fc from "fast-check";

import { governanceCodec } from "../../../offchain/adapters/governance-codec.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { GovernedChange } from "../../../offchain/loop/governed-change.ts";
import {
  callOf,
  callsOf,
  changeOf,
} from "../../../offchain/loop/proposal-calls.ts";
import { ADDRESSES, anyChange, at, word } from "../../kit/governed.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("loop/proposal-calls", () => {
  it("reads every change back from its call, and nothing else makes those bytes", () => {
    fc.assert(
      fc.property(anyChange, word, (change, reasons) => {
        const call = callOf(change, reasons);
        const data = governanceCodec.encode(call);
        const decoded = governanceCodec.decode(call.contract, data);
        expect(decoded).to.deep.equal(call);
        if (decoded === undefined) return;
        expect(changeOf(decoded)).to.deep.equal({
          change,
          reasons: change.kind === "slot" ? reasons : undefined,
        });
      }),
      { numRuns: 500 },
    );
  });

  it("gives every kind of change its own bytes", () => {
    fc.assert(
      fc.property(anyChange, anyChange, word, (a, b, reasons) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        const [one, other] = [callOf(a, reasons), callOf(b, reasons)];
        fc.pre(one.contract === other.contract);
        expect(governanceCodec.encode(one)).to.not.equal(
          governanceCodec.encode(other),
        );
      }),
    );
  });

  it("calls the deployment's own contracts, in the order of the changes, and moves no value", () => {
    const changes: GovernedChange[] = [
      { kind: "slot", slot: "royalty", value: 750 },
      { kind: "rule", rule: "timelock-delay", value: 3_600 },
      { kind: "unpause" },
    ];
    const reasons: Hex = `0x${"ab".repeat(32)}`;
    const context = { addresses: ADDRESSES, codec: governanceCodec, reasons };
    const calls = callsOf(changes, context);
    expect(calls.map(({ target }) => target)).to.deep.equal([
      ADDRESSES.controller,
      ADDRESSES.timelock,
      ADDRESSES.collection,
    ]);
    expect(calls.map(({ value }) => value)).to.deep.equal([0n, 0n, 0n]);
    expect(calls[0]?.data.endsWith("ab".repeat(32))).to.equal(true);
  });

  it("refuses to set up an oracle that is not there", () => {
    const { oracle: _, ...without } = ADDRESSES;
    const context = {
      addresses: without,
      codec: governanceCodec,
      reasons: `0x${"ab".repeat(32)}` as const,
    };
    const change: GovernedChange = {
      kind: "adapters",
      active: at("a"),
      fallback: at("b"),
    };
    return expectCode(() => callsOf([change], context), "dao/no-oracle");
  });
});
