import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import { MEASURE_NAMES } from "./measures.ts";
import { HASH_BITS } from "./perceptual-hash.ts";

const bound = z.int().min(0).max(1_000_000);
const measure = z.enum(MEASURE_NAMES);

const screen = z
  .strictObject({
    /** What a work outside the bounds is rejected for; several screens may share a reason. */
    reason: z.string().regex(/^[a-z][a-z-]{0,39}$/),
    measure,
    /** Accepted from this value on. */
    least: bound.optional(),
    /** Accepted up to this value. */
    most: bound.optional(),
  })
  .refine(({ least, most }) => least !== undefined || most !== undefined, {
    error: "give `least`, `most` or both",
  });

const term = z
  .strictObject({
    measure,
    /** Share of the grade; all weights together are 10000. */
    weight: z.int().min(1).max(10_000),
    /** The measure's value that earns nothing, and the one from which on it earns everything. */
    none: bound,
    full: bound,
    /** Optional: up to here it earns everything, and from `over` on nothing again. */
    until: bound.optional(),
    over: bound.optional(),
  })
  .refine(
    ({ none, full, until, over }) =>
      none < full &&
      (until === undefined) === (over === undefined) &&
      (until === undefined ||
        over === undefined ||
        (full <= until && until < over)),
    {
      error:
        "order the bounds none < full <= until < over, the last two together or not at all",
    },
  );

const schema = z.strictObject({
  version: z.literal(1),
  /** Bounds on measures; a work outside any of them is rejected. */
  screens: z.array(screen).max(64),
  /** The aesthetic grade as a sum of terms. */
  grade: z
    .array(term)
    .max(32)
    .refine(
      (terms) => terms.reduce((sum, { weight }) => sum + weight, 0) === 10_000,
      {
        error: "make the weights add up to 10000",
      },
    ),
  /**
   * Optional: works nearer than this to a picture that the recipe learned from are rejected as copies. `whole` and `patch` in
   * hundredths of a level, `recoloured` in ten-thousandths; see `quotation.ts`.
   */
  quotation: z
    .strictObject({
      whole: z.int().min(0).max(25_500),
      patch: z.int().min(0).max(25_500),
      recoloured: z.int().min(0).max(10_000),
    })
    .optional(),
  /** Works whose hashes are at most this many bits apart are near-duplicates. */
  nearDuplicate: z.strictObject({
    distance: z
      .int()
      .min(0)
      .max(HASH_BITS - 1),
  }),
});

/** What the guard of a recipe demands. */
export type GuardConfig = z.infer<typeof schema>;
export type GradeTerm = z.infer<typeof term>;

/**
 * Reads `guard.json`: its bytes, its text, or the parsed value.
 * @throws FatalError `guard/bad-config` naming the first place that is wrong.
 */
export function parseGuardConfig(source: unknown): GuardConfig {
  const parsed = schema.safeParse(readJson(source));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FatalError(
    "guard/bad-config",
    `The guard's configuration is wrong at \`${issue?.path.join(".") ?? ""}\` (${issue?.message ?? "unreadable"}); mend it as offchain/guard/README.md says.`,
  );
}

function readJson(source: unknown): unknown {
  if (!(source instanceof Uint8Array) && typeof source !== "string")
    return source;
  const text =
    typeof source === "string" ? source : new TextDecoder().decode(source);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FatalError(
      "guard/bad-config",
      `The guard's configuration \`${text.slice(0, 40)}\` is not JSON; mend it.`,
      { cause },
    );
  }
}
