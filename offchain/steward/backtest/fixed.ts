import type { Policy } from "../policy.ts";

/** The policy that never moves anything: what every other one must be compared with. */
export const fixedPolicy: Policy = {
  name: "fixed",
  version: 1,
  decide: () => ({ kind: "hold", why: "fixed" }),
};
