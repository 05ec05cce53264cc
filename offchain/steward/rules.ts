import { reach } from "./box.ts";
import { checked } from "./hold-checks.ts";
import type { Decision, Policy, StewardView } from "./policy.ts";
import { RULES, type Rule, type Want } from "./rule-set.ts";
import { SLOT_CAPS } from "../kernel/slots.ts";

/** Rounds in a row at which a rule must have wanted beyond a bound before the DAO is asked. */
export const PATIENCE = 5;

/**
 * The transparent policy: the first rule, in the order of {@link RULES}, that wants what the box allows now. Where the bounds stop what a
 * rule has wanted at {@link PATIENCE} rounds in a row, it is proposed to the DAO instead, one step beyond the bound.
 */
export const rulesPolicy: Policy = {
  name: "rules",
  version: 1,
  decide: checked(decide),
};

function decide(view: StewardView): Decision {
  let why = "nothing-wanted";
  let asked: Decision | undefined;
  for (const rule of RULES) {
    const want = rule.wants(view);
    if (want === undefined) continue;
    const slot = view.slots[rule.slot];
    const found = reach(slot, want.to, view.time);
    if ("to" in found)
      return {
        kind: "change",
        slot: rule.slot,
        from: slot.value,
        to: found.to,
        why: rule.name,
        expected: want.expected,
      };
    if (why === "nothing-wanted") why = found.blocked;
    if (found.blocked === "at-bound") asked ??= proposal(view, rule, want);
  }
  return asked ?? { kind: "hold", why };
}

/** What to ask the DAO for, if the rule has wanted the same way for long enough. */
function proposal(
  view: StewardView,
  rule: Rule,
  want: Want,
): Decision | undefined {
  const { value, step } = view.slots[rule.slot];
  const up = want.to > value;
  const to = Math.min(
    SLOT_CAPS[rule.slot],
    Math.max(0, up ? value + step : value - step),
  );
  if (to === value || view.rounds.length < PATIENCE) return undefined;
  for (let back = 1; back < PATIENCE; back++) {
    const then = rule.wants(asOf(view, back));
    if (then === undefined || then.to > value !== up) return undefined;
  }
  return {
    kind: "propose",
    slot: rule.slot,
    from: value,
    to,
    why: rule.name,
    expected: want.expected,
  };
}

/** The view as it was when the round so many before the newest came, with the parameters of today. */
function asOf(view: StewardView, back: number): StewardView {
  const rounds = view.rounds.slice(0, view.rounds.length - back);
  const time = rounds.at(-1)?.time ?? 0;
  const own = view.own.filter(({ to }) => to <= time);
  return { ...view, time, rounds, own };
}
