import { expect } from "chai";
import fc from "fast-check";

import { SLOT_CAPS, SLOTS } from "../../../offchain/kernel/slots.ts";
import {
  durationText,
  momentText,
  readDuration,
  readSlot,
  slotText,
} from "../../../offchain/loop/slot-text.ts";

describe("loop/slot-text", () => {
  for (const slot of SLOTS)
    it(`reads every ${slot} back from its text, with spaces and without`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: SLOT_CAPS[slot] }), (value) => {
          const text = slotText(slot, value);
          expect(readSlot(slot, text)).to.equal(value);
          expect(readSlot(slot, text.replaceAll(" ", ""))).to.equal(value);
        }),
      );
    });

  it("reads what people write", () => {
    expect(readSlot("royalty", "7.5%")).to.equal(750);
    expect(readSlot("royalty", "750bps")).to.equal(750);
    expect(readSlot("burn-count", "3")).to.equal(3);
    expect(readSlot("mint-price", "0.05 ETH")).to.equal(50_000_000);
    expect(readSlot("mint-price", "7gwei")).to.equal(7);
    expect(readSlot("epoch-cadence", "1d")).to.equal(86_400);
    expect(readSlot("epoch-cadence", "1d12h")).to.equal(129_600);
    expect(readSlot("guard-threshold", "55%")).to.equal(5_500);
    expect(readSlot("guard-threshold", "0.55")).to.equal(5_500);
    expect(readSlot("odds-sensitivity", "1.2")).to.equal(12_000);
    expect(slotText("royalty", 750)).to.equal("7.5 %");
    expect(slotText("mint-price", 50_000_000)).to.equal("0.05 ETH");
    expect(slotText("epoch-cadence", 90_000)).to.equal("1 d 1 h");
  });

  for (const [slot, text] of [
    ["royalty", "7.5"],
    ["royalty", "7.555%"],
    ["royalty", "-1%"],
    ["royalty", "1e3%"],
    ["royalty", "７%"],
    ["burn-count", "2.5"],
    ["mint-price", "0.05"],
    ["mint-price", "0.0000000001 ETH"],
    ["mint-price", "9999999999999 ETH"],
    ["epoch-cadence", "86400"],
    ["epoch-cadence", "1h1d"],
    ["guard-threshold", ".55"],
    ["guard-threshold", ""],
  ] as const)
    it(`says that \`${text}\` is no ${slot}`, () => {
      expect(readSlot(slot, text)).to.equal(undefined);
    });

  it("reads durations back, and tells moments in UTC", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (seconds) => {
        expect(readDuration(durationText(seconds))).to.equal(seconds);
      }),
    );
    expect(momentText(0)).to.equal("1970-01-01 00:00 UTC");
    expect(momentText(1_794_921_959)).to.equal("2026-11-17 13:25:59 UTC");
    expect(momentText(2 ** 52)).to.equal(`${2 ** 52}`);
  });
});
