/**
 * The part of zod that the sources' schemas use, for the script alone: zod is 17 kB of a request that may have 30, and each byte
 * costs 38 gas with each request. The bundler puts it in zod's place; a test compares the two on every schema and many answers.
 */
interface Schema {
  safeParse(value: unknown): Parsed;
  check(...checks: readonly Check[]): Schema;
}

type Parsed =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false };

type Check = (value: unknown) => boolean;

const NO: Parsed = { success: false };

export function number(): Schema {
  return schema((value) =>
    typeof value === "number" && Number.isFinite(value) ? yes(value) : NO,
  );
}

export function string(): Schema {
  return schema((value) => (typeof value === "string" ? yes(value) : NO));
}

export function array(member: Schema): Schema {
  return schema((value) =>
    Array.isArray(value) ? all(value, () => member) : NO,
  );
}

export function tuple(members: readonly Schema[]): Schema {
  return schema((value) =>
    Array.isArray(value) && value.length === members.length
      ? all(value, (i) => members[i])
      : NO,
  );
}

/** Keys that the schema does not name are dropped. */
export function object(shape: Readonly<Record<string, Schema>>): Schema {
  const keys = Object.keys(shape);
  return schema((value) => {
    if (typeof value !== "object" || value === null) return NO;
    const given = value as Readonly<Record<string, unknown>>;
    const parsed = all(
      keys.map((key) => given[key]),
      (i) => shape[keys[i] ?? ""],
    );
    if (!parsed.success) return NO;
    const data = parsed.data as readonly unknown[];
    return yes(Object.fromEntries(keys.map((key, i) => [key, data[i]])));
  });
}

export function regex(pattern: RegExp): Check {
  return (value) => pattern.test(value as string);
}

export function minLength(least: number): Check {
  return (value) => (value as { length: number }).length >= least;
}

export function maxLength(most: number): Check {
  return (value) => (value as { length: number }).length <= most;
}

function schema(safeParse: Schema["safeParse"]): Schema {
  return {
    safeParse,
    check: (...checks) =>
      schema((value) => {
        const parsed = safeParse(value);
        return parsed.success && checks.every((check) => check(parsed.data))
          ? parsed
          : NO;
      }),
  };
}

function all(
  values: readonly unknown[],
  member: (index: number) => Schema | undefined,
): Parsed {
  const data: unknown[] = [];
  for (const [i, value] of values.entries()) {
    const parsed = member(i)?.safeParse(value) ?? NO;
    if (!parsed.success) return NO;
    data.push(parsed.data);
  }
  return yes(data);
}

function yes(data: unknown): Parsed {
  return { success: true, data };
}
