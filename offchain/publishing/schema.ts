import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, type ErrorCode } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";

/** A 32-byte word or hash in lower-case `0x` hexadecimal. */
export const bytes32 = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value),
  { message: "is not 32 bytes of 0x-prefixed lower-case hexadecimal" },
);

/** Bytes of any number in lower-case `0x` hexadecimal. */
export const hexBytes = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x([0-9a-f]{2})+$/.test(value),
  { message: "is not 0x-prefixed lower-case hexadecimal" },
);

/**
 * Reads JSON bytes against a schema.
 * @throws FatalError with the given code if the bytes are no UTF-8 JSON or a field is wrong (the first one is named).
 */
export function parseJson<T>(
  schema: z.ZodType<T>,
  bytes: Uint8Array,
  { code, what }: { readonly code: ErrorCode; readonly what: string },
): T {
  let value: Json;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FatalError(code, `\`${what}\` is not JSON; restore the file.`, {
      cause,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  throw new FatalError(
    code,
    `\`${what}\` does not have the expected form${where === "" ? "" : ` at \`${where}\``} (${issue?.message ?? "unknown"}); correct it.`,
  );
}
