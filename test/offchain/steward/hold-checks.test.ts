import { expect } from "chai";

import { checked, holdCode } from "../../../offchain/steward/hold-checks.ts";
import type { StewardView } from "../../../offchain/steward/policy.ts";
import { DAY, NOW, roundsOf, viewOf } from "../../kit/steward-view.ts";

const oddBy = (field: object) => roundsOf(9, (day) => (day === 8 ? field : {}));

describe("what forbids a decision", () => {
  const cases: readonly [string, string | undefined, Partial<StewardView>][] = [
    ["nothing on an ordinary day", undefined, {}],
    ["a guardian's stop", "frozen", { frozen: true }],
    ["a grant that ends now", "grant-expired", { grantExpires: NOW }],
    ["no round", "no-round", { rounds: [] }],
    [
      "a round of two days ago",
      "oracle-stale",
      { time: NOW - 3_600 + 2 * DAY },
    ],
    ["a leap", "oracle-odd", { rounds: oddBy({ change: 5_001 }) }],
    ["a fall", "oracle-odd", { rounds: oddBy({ change: -5_001 }) }],
    ["a frenzy", "oracle-odd", { rounds: oddBy({ volatility: 5_001 }) }],
    [
      "an unseen change",
      "oracle-odd",
      { rounds: oddBy({ change: undefined }) },
    ],
    [
      "an unseen volatility",
      "oracle-odd",
      { rounds: oddBy({ volatility: undefined }) },
    ],
    ["two rounds", "too-few-rounds", { rounds: roundsOf(2) }],
  ];
  for (const [what, code, change] of cases)
    it(`${what}: ${code ?? "may decide"}`, () => {
      const { slots: _, ...view } = { slots: undefined, ...change };
      const found = viewOf(view);
      expect(holdCode(found)).to.equal(code);
      const decided = checked(() => ({ kind: "hold", why: "asked" }))(found);
      expect(decided).to.deep.equal({ kind: "hold", why: code ?? "asked" });
    });
});
