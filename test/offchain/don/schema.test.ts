import { expect } from "chai";
import fc from "fast-check";
import * as zod from "zod/mini";

import * as schema from "../../../offchain/don/schema.ts";

/** The same schemas out of zod, and out of what stands in for it: each kind, nested, with each check. */
const schemas = (z: typeof zod): Record<string, zod.ZodMiniType> => ({
  number: z.number(),
  text: z.string(),
  digits: z.string().check(z.regex(/^[1-9]\d{0,3}$/)),
  short: z.string().check(z.minLength(1), z.maxLength(3)),
  numbers: z.array(z.number()).check(z.minLength(1), z.maxLength(2)),
  pair: z.tuple([z.number(), z.string()]),
  thing: z.object({ a: z.number(), b: z.array(z.object({ c: z.string() })) }),
});
const theirs = schemas(zod);
const ours = schemas(schema as unknown as typeof zod);

const leaf = fc.oneof(
  fc.constantFrom<unknown>("", "7", "0", "12345", "abc", "abcd", null, true),
  fc.double(),
  fc.integer(),
  fc.string({ maxLength: 5 }),
  fc.constant(undefined),
);
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc.array(tie("value"), { maxLength: 3 }),
    fc.record(
      { a: tie("value"), b: tie("value"), c: tie("value") },
      { requiredKeys: [] },
    ),
  ),
})).value;
/** Mostly right, so that schemas look to the end. */
const right = fc.oneof(
  fc.record({
    a: fc.oneof(fc.integer(), leaf),
    b: fc.array(fc.record({ c: fc.oneof(fc.string(), leaf), d: leaf }), {
      maxLength: 3,
    }),
    e: leaf,
  }),
  fc.tuple(fc.oneof(fc.integer(), leaf), fc.oneof(fc.string(), leaf)),
  fc.array(fc.integer(), { maxLength: 4 }),
);

describe("what stands in for zod", () => {
  for (const name of Object.keys(theirs))
    it(`agrees with it on ${name}`, () => {
      fc.assert(
        fc.property(fc.oneof(tree, right), (value) => {
          const expected = theirs[name]?.safeParse(value);
          const parsed = ours[name]?.safeParse(value);
          expect(parsed?.success).to.equal(expected?.success);
          if (expected?.success === true)
            expect(parsed?.data).to.deep.equal(expected.data);
        }),
        { numRuns: 500 },
      );
    });
});
