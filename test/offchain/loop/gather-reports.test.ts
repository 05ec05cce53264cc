import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import {
  gatherReports,
  MAX_REPORT,
  readReport,
  writeReport,
  type FiledReport,
  type Gathering,
  type SignedReport,
} from "../../../offchain/loop/gather-reports.ts";

const address = (byte: string): Hex => `0x${byte.repeat(20)}`;
const word = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [A, B, C] = [address("a1"), address("b2"), address("c3")];
const OBSERVATION = packObservation({ ...NEUTRAL_OBSERVATION, time: 1_000 });

/** Signed in words: `r` holds who signed. */
const report = (reporter: Hex, changed: Partial<SignedReport> = {}) => ({
  chainId: 31_337,
  adapter: address("ad"),
  round: 7,
  observation: OBSERVATION,
  reporter,
  r: `0x${reporter.slice(2).padStart(64, "0")}` as Hex,
  vs: word("01"),
  ...changed,
});
const filed = (
  reporter: Hex,
  changed: Partial<SignedReport> = {},
): FiledReport => ({
  name: `of-${reporter.slice(2, 4)}`,
  report: report(reporter, changed),
});
const gathering: Gathering = {
  chainId: 31_337,
  adapter: address("ad"),
  round: 7,
  reporters: [A, B, C],
  quorum: 2,
  signerOf: ({ r }) => `0x${r.slice(-40)}`,
};
const codes = (pile: readonly FiledReport[]): readonly string[] =>
  gatherReports(pile, gathering).dropped.map(({ code }) => code);

describe("gatherReports", () => {
  it("keeps good reports, ascending by signer, and says who is missing", () => {
    const one = gatherReports([filed(C)], gathering);
    expect(one).to.deep.include({ missing: [A, B], enough: false });
    const two = gatherReports([filed(C), filed(A)], gathering);
    expect(two.reports.map(({ reporter }) => reporter)).to.deep.equal([A, C]);
    expect(two).to.deep.include({ missing: [B], enough: true, dropped: [] });
    const none = gatherReports([], gathering);
    expect(none).to.deep.equal({
      reports: [],
      dropped: [],
      missing: [A, B, C],
      enough: false,
    });
  });

  for (const [code, changed] of [
    ["report/forged", { r: report(B).r }],
    ["report/other-round", { round: 6 }],
    ["report/other-round", { round: 8 }],
    ["report/other-chain", { chainId: 1 }],
    ["report/other-adapter", { adapter: address("ae") }],
    ["report/malformed", { observation: word("ff") }],
    [
      "report/malformed",
      {
        observation: packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 }),
      },
    ],
  ] as const)
    it(`drops a report with ${Object.keys(changed)[0]} ${Object.values(changed)[0]} as ${code}`, () => {
      const { reports, dropped, missing } = gatherReports(
        [filed(A, changed), filed(B)],
        gathering,
      );
      expect(reports.map(({ reporter }) => reporter)).to.deep.equal([B]);
      expect(missing).to.include(A);
      expect(dropped.map((each) => each.code)).to.deep.equal([code]);
      expect(dropped[0]?.why).to.match(/^`of-a1` [^\n]+\.$/);
    });

  it("drops strangers, whoever signed, and signatures that are none", () => {
    expect(codes([filed(address("d4"))])).to.deep.equal([
      "report/unknown-reporter",
    ]);
    const nobody = { ...gathering, signerOf: () => undefined };
    const { dropped } = gatherReports([filed(A)], nobody);
    expect(dropped[0]?.code).to.equal("report/forged");
  });

  it("counts a reporter once: the first report, also where he signed two", () => {
    const other = packObservation({ ...NEUTRAL_OBSERVATION, time: 2_000 });
    const both = gatherReports(
      [filed(A), filed(A), filed(A, { observation: other })],
      gathering,
    );
    expect(both.reports.map(({ observation }) => observation)).to.deep.equal([
      OBSERVATION,
    ]);
    expect(both.enough).to.equal(false);
    expect(both.dropped.map(({ code }) => code)).to.deep.equal([
      "report/duplicate",
      "report/duplicate",
    ]);
    expect(both.dropped[1]?.why).to.include("signed both");
    // A forged one does not stand in the way of the true one.
    expect(codes([filed(A, { r: report(B).r }), filed(A)])).to.deep.equal([
      "report/forged",
    ]);
  });
});

describe("report files", () => {
  const text = writeReport(report(A));

  it("are read as they were written, in either case of letters", () => {
    expect(readReport("a", text)).to.deep.equal({
      name: "a",
      report: report(A),
    });
    const loud = text.replace(A, `0x${A.slice(2).toUpperCase()}`);
    expect(readReport("a", loud)).to.deep.equal(readReport("a", text));
  });

  for (const [what, bad] of [
    ["nothing", ""],
    ["HTML", "<html><script>alert(1)</script></html>"],
    ["a number", "7"],
    ["null", "null"],
    ["a list", "[]"],
    ["one field more", text.replace("{", '{"please": "pay me",')],
    ["a field less", text.replace(/"vs"[^}]+/, '"v": 1')],
    ["a short address", text.replace(A, A.slice(0, -1))],
    ["a broken round", text.replace('"round": 7', '"round": 7.5')],
    ["round 0", text.replace('"round": 7', '"round": 0')],
    ["a round in words", text.replace('"round": 7', '"round": "7"')],
    ["too much", `${text}${" ".repeat(MAX_REPORT)}`],
  ] as const)
    it(`are malformed where they hold ${what}`, () => {
      const read = readReport("a", bad);
      expect(read).to.have.property("unreadable");
      expect(codes([read])).to.deep.equal(["report/malformed"]);
    });
});
