import { z } from "zod";

/** Words of a person: on one line, so that no report or page of ours is broken by them. */
export const words = (most: number): z.ZodType<string> =>
  z
    .string()
    .min(1)
    .max(most)
    .refine(
      (text) =>
        text === text.trim() &&
        text.isWellFormed() &&
        !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text),
      {
        message:
          "is not one line of plain words without spaces around or invisible characters",
      },
    );
