import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import { faultOf } from "../kernel/schema.ts";
import { SLOTS } from "../kernel/slots.ts";
import type { Decision, StewardView } from "./policy.ts";

const int = z.int();
const count = z.int().min(0);

const slot = z.strictObject({
  value: count,
  low: count,
  high: count,
  step: count,
  delay: count,
  budgetLeft: count,
  next: count,
});

const slots = z.strictObject({
  royalty: slot,
  "burn-count": slot,
  "mint-price": slot,
  "epoch-cadence": slot,
  "guard-threshold": slot,
  "odds-sensitivity": slot,
});

const point = z.strictObject({
  round: z.int().min(1),
  time: count,
  change: int.optional(),
  volatility: count.optional(),
  trend: int.optional(),
  sentiment: count.optional(),
  floor: count.optional(),
  volume: count.optional(),
});

const period = z.strictObject({
  from: count,
  to: count,
  royalty: count,
  sales: count,
  near: count.optional(),
  volume: count,
  burns: count,
  acts: count,
});

const view = z.strictObject({
  time: count,
  slots,
  rounds: z.array(point),
  own: z.array(period),
  frozen: z.boolean(),
  grantExpires: count,
  breaker: z.strictObject({
    staleAfter: count,
    maxChange: count,
    maxVolatility: count,
  }),
});

const why = z.string().regex(/^[a-z]+(-[a-z]+)*$/);

const decision = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hold"), why }),
  z.strictObject({
    kind: z.enum(["change", "propose"]),
    slot: z.enum(SLOTS),
    from: count,
    to: count,
    why,
    expected: z.strictObject({
      reward: z.string(),
      holding: int,
      changed: int,
      doubt: count,
    }),
  }),
]);

/**
 * A view that comes back from a journal or a file: whole numbers, and not one word of anybody's.
 * @throws FatalError `steward/bad-view`.
 */
export function parseView(value: Json): StewardView {
  return parsed(view, value, "view") as StewardView;
}

/** A decision that comes back. @throws FatalError `steward/bad-view`. */
export function parseDecision(value: Json): Decision {
  return parsed(decision, value, "decision") as Decision;
}

function parsed(schema: z.ZodType, value: Json, what: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new FatalError(
    "steward/bad-view",
    `The \`${what}\` does not have the expected form${faultOf(result.error)}; it is of another version, read it with that.`,
  );
}
