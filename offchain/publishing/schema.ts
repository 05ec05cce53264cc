import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";

/** Bytes of any number in lower-case `0x` hexadecimal. */
export const hexBytes = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x([0-9a-f]{2})+$/.test(value),
  { message: "is not 0x-prefixed lower-case hexadecimal" },
);
