import { expect } from "chai";

import {
  parseEpoch,
  parseMoment,
  parseReplay,
  parseRound,
  parseTurning,
} from "../../../tasks/console/evolution-options.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("the options of what evolves", () => {
  it("reads a moment: seconds, or a day that is over", () => {
    const none = { at: undefined, date: undefined };
    expect(parseMoment(none)).to.equal(undefined);
    expect(parseMoment({ ...none, at: "86400" })).to.equal(86_400);
    expect(parseMoment({ ...none, date: "1970-01-01" })).to.equal(86_400);
  });

  for (const moment of [
    { at: "-1", date: undefined },
    { at: "1.5", date: undefined },
    { at: "", date: undefined },
    { at: undefined, date: "2024-02-30" },
    { at: undefined, date: "01/02/2024" },
    { at: "1", date: "2024-01-01" },
  ])
    it(`says that ${JSON.stringify(moment)} is no moment`, () =>
      expectCode(() => parseMoment(moment), "options/bad-time"));

  it("reads a replay, a day a step when nothing else is said", () => {
    const none = { replay: undefined, step: undefined, every: undefined };
    expect(parseReplay(none)).to.equal(undefined);
    expect(parseReplay({ ...none, replay: "3" })).to.deep.equal({
      count: 3,
      step: 1,
      every: 0,
    });
    expect(parseReplay({ replay: "12", step: "30", every: "5" })).to.deep.equal(
      { count: 12, step: 30, every: 5 },
    );
  });

  for (const [replay, step, every] of [
    ["0", undefined, undefined],
    ["x", undefined, undefined],
    ["10001", undefined, undefined],
    ["3", "0", undefined],
    ["3", "367", undefined],
    ["3", undefined, "-1"],
    [undefined, "7", undefined],
    [undefined, undefined, "7"],
  ])
    it(`says that --replay ${replay} --step ${step} --every ${every} is no replay`, () =>
      expectCode(
        () => parseReplay({ replay, step, every }),
        "options/bad-replay",
      ));

  it("reads an epoch; genesis only where it is one", async () => {
    expect(parseEpoch("7", { genesis: false })).to.equal(7);
    expect(parseEpoch("genesis", { genesis: true })).to.equal(0);
    expect(parseEpoch("0", { genesis: true })).to.equal(0);
    for (const text of ["genesis", "0", "-1", "65535", undefined])
      await expectCode(
        () => parseEpoch(text, { genesis: false }),
        "options/bad-epoch",
      );
    await expectCode(
      () => parseEpoch(undefined, { genesis: true }),
      "options/bad-epoch",
    );
  });

  it("reads a round", async () => {
    expect(parseRound("12")).to.equal(12);
    for (const text of ["0", "x", "1e3"])
      await expectCode(() => parseRound(text), "options/bad-round");
  });

  it("reads a turn of a dial", () => {
    const turn = { dial: "warmth", up: true, down: false, times: undefined };
    expect(parseTurning(turn)).to.deep.equal({
      dial: "warmth",
      up: true,
      times: 1,
    });
    expect(parseTurning({ ...turn, times: "16" }).times).to.equal(16);
  });

  for (const change of [
    { dial: undefined },
    { dial: "volume" },
    { down: true },
    { up: false },
    { times: "0" },
    { times: "17" },
  ])
    it(`says that ${JSON.stringify(change)} is no turn`, () =>
      expectCode(
        () =>
          parseTurning({
            dial: "warmth",
            up: true,
            down: false,
            times: undefined,
            ...change,
          }),
        "options/bad-dial",
      ));
});
