import { expect } from "chai";
import fc from "fast-check";

import { holdCode } from "../../../offchain/steward/hold-checks.ts";
import type { Decision } from "../../../offchain/steward/policy.ts";
import { POLICIES, policyNamed } from "../../../offchain/steward/policies.ts";
import { parseDecision } from "../../../offchain/steward/view-schema.ts";
import { SLOT_CAPS } from "../../../offchain/kernel/slots.ts";
import type { Json } from "../../../offchain/kernel/json.ts";
import { anyView, NOW, viewOf } from "../../kit/steward-view.ts";
import { thrownBy } from "../../kit/thrown.ts";

describe("every policy", () => {
  for (const policy of POLICIES)
    describe(policy.name, () => {
      it("stays in the box, holds where nothing may be decided, and decides alike twice", () => {
        const seen = new Set<string>();
        fc.assert(
          fc.property(anyView, (view) => {
            const decision = policy.decide(view);
            seen.add(decision.kind);
            // From what a journal would give back.
            const again = structuredClone(view);
            expect(policy.decide(again)).to.deep.equal(decision);
            expect(again).to.deep.equal(view);
            parseDecision(decision as unknown as Json);
            if (holdCode(view) !== undefined)
              expect(decision.kind).to.equal("hold");
            if (decision.kind !== "hold") requireSound(view.slots, decision);
          }),
          { numRuns: 400 },
        );
        // Else nothing was tried.
        if (policy.name === "rules") expect([...seen]).to.include("change");
      });

      it("holds on an ordinary day", () => {
        expect(policy.decide(viewOf()).kind).to.equal("hold");
      });
    });

  it("has a name of its own", () => {
    expect(policyNamed("bandit").name).to.equal("bandit");
    expect(thrownBy(() => policyNamed("oracle")).code).to.equal(
      "steward/unknown-policy",
    );
    expect(new Set(POLICIES.map(({ name }) => name)).size).to.equal(
      POLICIES.length,
    );
  });
});

function requireSound(
  slots: ReturnType<typeof viewOf>["slots"],
  { kind, slot, from, to }: Exclude<Decision, { readonly kind: "hold" }>,
): void {
  const { value, low, high, step, budgetLeft, next } = slots[slot];
  expect(from).to.equal(value);
  const move = Math.abs(to - value);
  expect(move).to.be.at.least(1);
  expect(to).to.be.within(0, SLOT_CAPS[slot]);
  if (kind === "propose") {
    expect(to < low || to > high, "beyond a bound").to.equal(true);
    return;
  }
  expect(to).to.be.within(low, high);
  expect(move).to.be.at.most(Math.min(step, budgetLeft));
  expect(next).to.be.at.most(NOW);
}
