import { FatalError } from "../kernel/errors.ts";
import { banditPolicy } from "./bandit.ts";
import { marginsPolicy } from "./margins.ts";
import type { Policy } from "./policy.ts";
import { rulesPolicy } from "./rules.ts";

/** Does nothing, ever: what the others are measured against. */
export const holdPolicy: Policy = {
  name: "hold",
  version: 1,
  decide: () => ({ kind: "hold", why: "always" }),
};

/** Every policy, the default first. */
export const POLICIES: readonly Policy[] = [
  rulesPolicy,
  banditPolicy,
  marginsPolicy,
  holdPolicy,
];

/** The policy of a name. @throws FatalError `steward/unknown-policy`. */
export function policyNamed(name: string): Policy {
  const found = POLICIES.find((policy) => policy.name === name);
  if (found !== undefined) return found;
  throw new FatalError(
    "steward/unknown-policy",
    `\`${name}\` is no policy; give one of ${POLICIES.map((each) => each.name).join(", ")}.`,
  );
}
