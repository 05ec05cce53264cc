import { expect } from "chai";
import fc from "fast-check";

import { governanceCodec } from "../../../offchain/adapters/governance-codec.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { SLOTS } from "../../../offchain/kernel/slots.ts";
import {
  DAO_RULES,
  GOVERNED_JOBS,
  type GovernedChange,
} from "../../../offchain/loop/governed-change.ts";
import type { GovernedAddresses } from "../../../offchain/loop/ports-governance-codec.ts";
import {
  callOf,
  callsOf,
  changeOf,
} from "../../../offchain/loop/proposal-calls.ts";
import { expectCode } from "../../kit/rejection.ts";

const hex = (bytes: number): fc.Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => `0x${Buffer.from(array).toString("hex")}` as const);
const upTo = (max: number) => fc.integer({ min: 0, max });
const uint32 = upTo(4_294_967_295);
const uint16 = upTo(65_535);
const uint64 = upTo(Number.MAX_SAFE_INTEGER);
const slot = fc.constantFrom(...SLOTS);
const account = hex(20);
const word = hex(32);

/** Any change that a proposal can be made of. */
export const anyChange: fc.Arbitrary<GovernedChange> = fc.oneof(
  fc.record({ kind: fc.constant("slot"), slot, value: uint64 }),
  fc.record({
    kind: fc.constant("limits"),
    slot,
    limits: fc.record({
      low: uint64,
      high: uint64,
      step: uint64,
      budget: uint64,
      delay: uint32,
      window: uint32,
    }),
  }),
  fc.record({ kind: fc.constant("grant"), expiry: upTo(1_099_511_627_775) }),
  fc.record({
    kind: fc.constant("breaker"),
    staleAfter: uint32,
    maxChange: uint16,
    maxVolatility: uint16,
  }),
  fc.constant({ kind: "unfreeze" }),
  fc.constant({ kind: "unpause" }),
  fc.record({ kind: fc.constant("royalty-receiver"), receiver: account }),
  fc.record({
    kind: fc.constant("royalty-offer"),
    receiver: account,
    bps: uint16,
    offered: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("works-per-day"), limit: uint32 }),
  fc.record({ kind: fc.constant("forge"), recipe: word, conditions: word }),
  fc.record({ kind: fc.constant("validator"), validator: account }),
  fc.record({
    kind: fc.constant("job"),
    job: fc.constantFrom(...GOVERNED_JOBS),
    account,
    given: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("rule"),
    rule: fc.constantFrom(...DAO_RULES),
    value: uint32,
  }),
  fc.record({ kind: fc.constant("oracle"), oracle: account }),
  fc.record({
    kind: fc.constant("adapters"),
    active: account,
    fallback: account,
  }),
  fc.record({
    kind: fc.constant("contract-uri"),
    uri: fc.string({ unit: "binary" }),
  }),
) as fc.Arbitrary<GovernedChange>;

const at = (digit: string): Hex => `0x${digit.repeat(40)}`;
const ADDRESSES: GovernedAddresses = {
  controller: at("1"),
  governor: at("2"),
  timelock: at("3"),
  votes: at("4"),
  "registrar-seat": at("5"),
  registry: at("6"),
  collection: at("7"),
  oracle: at("8"),
};

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
