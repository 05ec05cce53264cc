import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";

/**
 * `--recipe` and `--root`: the id of a recipe, or the root of a dataset.
 * @throws FatalError `options/bad-recipe`, `options/bad-root`
 */
export function parseWord(
  text: string | undefined,
  option: "recipe" | "root",
): Hex {
  if (text !== undefined && /^0x[0-9a-fA-F]{64}$/.test(text))
    return text.toLowerCase() as Hex;
  const what = option === "recipe" ? "recipe id" : "root of a dataset";
  throw new FatalError(
    option === "recipe" ? "options/bad-recipe" : "options/bad-root",
    `\`${text ?? ""}\` is no ${what}; give --${option} with 0x and 64 hexadecimal digits.`,
  );
}
