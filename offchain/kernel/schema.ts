import { z } from "zod";

import type { Hex } from "./bytes.ts";
import { FatalError, type ErrorCode } from "./errors.ts";

/** A 32-byte word or hash in lower-case `0x` hexadecimal. */
export const bytes32 = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value),
  { message: "is not 32 bytes of 0x-prefixed lower-case hexadecimal" },
);

/** The first fault of a value, as ` at field (reason)`. */
export function faultOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.join(".") ?? "";
  return `${where === "" ? "" : ` at \`${where}\``} (${issue?.message ?? "unknown"})`;
}

/**
 * Reads JSON bytes against a schema.
 * @throws FatalError with the given code if the bytes are no UTF-8 JSON or a field is wrong (the first one is named).
 */
export function parseJson<T>(
  schema: z.ZodType<T>,
  bytes: Uint8Array,
  { code, what }: { readonly code: ErrorCode; readonly what: string },
): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FatalError(code, `\`${what}\` is not JSON; restore the file.`, {
      cause,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new FatalError(
    code,
    `\`${what}\` does not have the expected form${faultOf(result.error)}; correct it.`,
  );
}
