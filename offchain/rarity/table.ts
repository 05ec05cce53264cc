import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import { checkRules } from "./rules.ts";

/** Bounds that keep every draw below 2^32 and every intermediate product exact. */
export const MAX_WEIGHT = 10_000;
export const MAX_VALUES = 40;
export const MAX_RESPONSE = 40_000;

const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 -]{0,39}$/,
    "give 1 to 40 letters, digits, spaces or dashes",
  );
const response = z.int().min(-MAX_RESPONSE).max(MAX_RESPONSE);

const value = z.strictObject({
  name,
  /** Relative frequency on a neutral market; 0 keeps a value known but never drawn. */
  weight: z.int().min(0).max(MAX_WEIGHT),
  /** Change of the weight, bps, when the signal is at its full 10000; see `signals.ts`. */
  response: z
    .strictObject({
      volatility: response.optional(),
      trend: response.optional(),
      sentiment: response.optional(),
    })
    .optional(),
});

const trait = z.strictObject({
  name,
  values: z.array(value).min(1).max(MAX_VALUES),
});

const rule = z
  .strictObject({
    /** Holds when the earlier trait came out as one of `values`. */
    when: z.strictObject({ trait: name, values: z.array(name).min(1) }),
    /** Then this later trait may only be, or may not be, one of these. */
    trait: name,
    only: z.array(name).min(1).optional(),
    not: z.array(name).min(1).optional(),
  })
  .refine(({ only, not }) => (only === undefined) !== (not === undefined), {
    error: "give either `only` or `not`",
  });

const schema = z.strictObject({
  version: z.literal(1),
  traits: z.array(trait).min(1).max(40),
  rules: z.array(rule).max(100).optional(),
});

/** The odds of a recipe: traits in the order they are drawn, and what excludes what. */
export type TraitTable = z.infer<typeof schema>;
export type Trait = z.infer<typeof trait>;
export type TraitValue = z.infer<typeof value>;
export type Rule = z.infer<typeof rule>;

/**
 * Reads `traits.json`: its bytes, its text, or the parsed value.
 * @throws FatalError `rarity/bad-table` if its shape is wrong, a name repeats, a trait cannot come out at all, or a rule
 * names what does not exist, looks back in the order of drawing, or can leave a trait without any value.
 */
export function parseTraitTable(source: unknown): TraitTable {
  const parsed = schema.safeParse(readJson(source));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badTable(
      `is wrong at \`${issue?.path.join(".") ?? ""}\`: ${issue?.message ?? "unreadable"}; mend it as offchain/rarity/README.md says`,
    );
  }
  const table = parsed.data;
  requireUnique(table.traits, "trait");
  for (const { name: trait, values } of table.traits) {
    requireUnique(values, `value of \`${trait}\``);
    if (values.every(({ weight }) => weight === 0))
      throw badTable(
        `gives trait \`${trait}\` no value above weight 0; give one`,
      );
  }
  checkRules(table, badTable);
  return table;
}

function requireUnique(items: readonly { name: string }[], what: string): void {
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.name))
      throw badTable(`has the ${what} \`${item.name}\` twice; keep one`);
    seen.add(item.name);
  }
}

function readJson(source: unknown): unknown {
  if (!(source instanceof Uint8Array) && typeof source !== "string")
    return source;
  const text =
    typeof source === "string" ? source : new TextDecoder().decode(source);
  try {
    return JSON.parse(text);
  } catch {
    throw badTable(
      `begins with \`${text.slice(0, 40)}\` and is not JSON; mend it`,
    );
  }
}

function badTable(problem: string): FatalError {
  return new FatalError("rarity/bad-table", `The trait table ${problem}.`);
}
