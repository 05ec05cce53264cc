import { expect } from "chai";

import { resultOf, retried } from "./record.ts";
import type { Verdict } from "./runner.ts";
import type { Proposal } from "./sumo.ts";
import { ACCEPTED } from "./survivors.ts";

const ORIGIN = { commit: "c0", contracts: "h0", proposed: 9 };
const [KNOWN] = ACCEPTED;

function verdict(
  reads: string,
  kind: Verdict["outcome"]["kind"],
  file = "contracts/A.sol",
): Verdict {
  const place = { id: `${file}:1 OP ${reads}`, file, line: 1 };
  const mutant: Proposal = {
    ...place,
    operator: "OP",
    reads,
    change: { text: reads },
  };
  const outcome =
    kind === "killed"
      ? { kind, by: "A:test", all: ["A:test"] }
      : kind === "survived"
        ? { kind }
        : { kind, reason: "HHE910" };
  return { mutant, outcome, seconds: 1.5 };
}

describe("record of mutants", () => {
  const first = resultOf(ORIGIN, [
    verdict("a", "killed"),
    verdict("b", "survived"),
    verdict("c", "survived"),
    verdict("d", "does not compile"),
    verdict(KNOWN?.reads[0] ?? "", "survived", KNOWN?.file),
  ]);

  it("counts what compiles, and knows which survivors are answered", () => {
    const { date: _, survivors, ...counts } = first;
    expect(counts).to.deep.equal({
      ...ORIGIN,
      generator: "@morenabarboni/sumo@1.2.1",
      sampled: 5,
      compiled: 4,
      killed: 1,
      survived: 3,
      answered: 1,
      score: 0.25,
      seconds: 8,
      retries: [],
    });
    expect(survivors.map(({ why }) => why)).to.deep.equal([
      "NOT ANSWERED",
      "NOT ANSWERED",
      KNOWN?.why,
    ]);
  });

  it("takes out the survivors that new tests kill, and says when and where", () => {
    const later = retried(first, "c1", [
      verdict("b", "killed"),
      verdict("c", "survived"),
    ]);
    expect(later).to.include({
      commit: "c0",
      compiled: 4,
      killed: 2,
      survived: 2,
      score: 0.5,
    });
    expect(later.survivors.map(({ reads }) => reads)).to.deep.equal([
      "c",
      KNOWN?.reads[0],
    ]);
    const [{ date: _, ...retry } = { date: "" }] = later.retries;
    expect(retry).to.deep.equal({ commit: "c1", tried: 2, killed: 1 });
  });
});
