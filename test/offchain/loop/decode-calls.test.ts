import { expect } from "chai";
import fc from "fast-check";

import { governanceCodec } from "../../../offchain/adapters/governance-codec.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  decodeCalls,
  type DecodingContext,
} from "../../../offchain/loop/decode-calls.ts";
import type { GovernanceCall } from "../../../offchain/loop/ports-governance.ts";
import type {
  GovernedAddresses,
  TargetView,
} from "../../../offchain/loop/ports-governance-codec.ts";
import { callsOf } from "../../../offchain/loop/proposal-calls.ts";
import { skeleton } from "../../../offchain/loop/suspicions.ts";
import { ADDRESSES, anyChange } from "../../kit/governed.ts";

const REASONS: Hex = `0x${"ab".repeat(32)}`;
const STRANGER: Hex = `0x${"c9".repeat(20)}`;
const codec = governanceCodec;

function contextWith(
  targets: readonly (readonly [Hex, TargetView])[] = [],
  addresses: GovernedAddresses = ADDRESSES,
): DecodingContext {
  return {
    addresses,
    codec,
    known: Object.entries(addresses).map(([name, address]) => ({
      name: `the ${name}`,
      address: address as Hex,
    })),
    names: ["Loop"],
    targets: new Map(targets),
  };
}

function suspicionsOf(
  call: Partial<GovernanceCall>,
  view: TargetView = { kind: "contract" },
): string[] {
  const target = call.target ?? STRANGER;
  const full = { target, value: 0n, data: "0x" as Hex, ...call };
  const [decoded] = decodeCalls([full], contextWith([[target, view]]));
  return decoded?.suspicions.map(({ code }) => code) ?? [];
}

describe("loop/decode-calls", () => {
  it("reads back what proposals are made of, each change its own sentence", () => {
    const told = new Map<string, string>();
    fc.assert(
      fc.property(anyChange, (change) => {
        const calls = callsOf([change], {
          addresses: ADDRESSES,
          codec,
          reasons: REASONS,
        });
        const [decoded] = decodeCalls(calls, contextWith());
        expect(decoded?.change).to.deep.equal(change);
        expect(decoded?.sentence).to.match(/^[A-Z][^\n]*\.$/u);
        // What is a page's name may be as long as it likes; the others' sentences hold every number.
        if (change.kind === "contract-uri") return;
        const sentence = decoded?.sentence ?? "";
        const key = JSON.stringify(change);
        expect(told.get(sentence) ?? key).to.equal(key);
        told.set(sentence, key);
      }),
      { numRuns: 400 },
    );
  });

  it("finds nothing odd about a change of a parameter", () => {
    const calls = callsOf([{ kind: "slot", slot: "royalty", value: 750 }], {
      addresses: ADDRESSES,
      codec,
      reasons: REASONS,
    });
    const [decoded] = decodeCalls(calls, contextWith());
    expect(decoded).to.deep.include({
      contract: "controller",
      method: "govern",
      reasons: REASONS,
      sentence: "Set the royalty to 7.5 %.",
      suspicions: [],
    });
  });

  it("says so of every change of the rules", () => {
    const change = { kind: "rule", rule: "quorum", value: 1 } as const;
    const calls = callsOf([change], {
      addresses: ADDRESSES,
      codec,
      reasons: REASONS,
    });
    const [decoded] = decodeCalls(calls, contextWith());
    expect(decoded?.suspicions.map(({ code }) => code)).to.deep.equal([
      "rules",
    ]);
  });

  it("does not believe a target that it does not know", () => {
    expect(suspicionsOf({ data: "0x12345678" })).to.deep.equal([
      "unverified",
      "unknown-call",
    ]);
    expect(suspicionsOf({ value: 1n }, { kind: "none" })).to.deep.equal([
      "unverified",
      "no-code",
      "value",
    ]);
    for (const [kind, code] of [
      ["delegated", "delegated"],
      ["clone", "proxy"],
      ["proxy", "proxy"],
    ] as const)
      expect(suspicionsOf({}, { kind, implementation: STRANGER })).to.include(
        code,
      );
  });

  it("sees through addresses that begin and end like known ones, as targets and as arguments", () => {
    const controller = ADDRESSES.controller;
    const twin = `${controller.slice(0, 8)}${"0".repeat(28)}${controller.slice(-6)}`;
    expect(suspicionsOf({ target: twin as Hex })).to.include("look-alike");
    const calls = callsOf(
      [{ kind: "royalty-receiver", receiver: twin as Hex }],
      { addresses: ADDRESSES, codec, reasons: REASONS },
    );
    const [decoded] = decodeCalls(calls, contextWith());
    expect(decoded?.suspicions.map(({ code }) => code)).to.deep.equal([
      "look-alike",
    ]);
  });

  it("sees through names that look like known ones", () => {
    for (const name of [
      "Loop",
      "LOOP",
      "l00p",
      "Lооp",
      " L o o p\u202e",
      "Lóop",
    ])
      expect(suspicionsOf({}, { kind: "contract", name }), name).to.include(
        "look-alike",
      );
    expect(suspicionsOf({}, { kind: "contract", name: "Pool" })).to.not.include(
      "look-alike",
    );
    expect(skeleton("Ігіs")).to.not.equal("");
  });

  it("reads no bytes that a contract may read otherwise", () => {
    const { controller } = ADDRESSES;
    const data = codec.encode({
      contract: "controller",
      method: "setGrant",
      args: [5n],
    });
    const dirty = `${data.slice(0, 10)}ff${data.slice(12)}` as Hex;
    for (const bad of [`${data}00`, dirty, data.slice(0, -2), "0x", "0xab"])
      expect(
        suspicionsOf({ target: controller, data: bad as Hex }),
        bad,
      ).to.deep.equal(["unknown-call"]);
    expect(suspicionsOf({ target: controller, data })).to.deep.equal([]);
  });

  it("notices code that has changed since the proposal", () => {
    const call = { target: ADDRESSES.controller, value: 0n, data: "0x" as Hex };
    const [a, b] = [REASONS, STRANGER];
    const codes = (then: Hex, now: Hex) =>
      decodeCalls([call], contextWith(), {
        codeAtProposal: [then],
        codeNow: [now],
      })[0]?.suspicions.map(({ code }) => code);
    expect(codes(a, b)).to.include("code-changed");
    expect(codes(a, a)).to.not.include("code-changed");
  });

  it("never fails, whatever the bytes", () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((array) => `0x${Buffer.from(array).toString("hex")}` as Hex);
    const target = fc.constantFrom(...Object.values(ADDRESSES), STRANGER);
    fc.assert(
      fc.property(bytes, target, fc.bigInt({ min: 0n }), (data, to, value) => {
        const call = { target: to as Hex, value, data };
        const [decoded] = decodeCalls([call], contextWith());
        expect(decoded?.sentence.length).to.be.greaterThan(0);
      }),
    );
  });
});
