import type { Hex } from "../kernel/bytes.ts";
import type { BuiltContract } from "./ports-deployment.ts";

const WORD = 64;

/**
 * Compares code on a chain with what was compiled here, immutables left out.
 * @returns what differs, as the end of a sentence; undefined if nothing does. Every copy of an immutable must hold the same value, so
 * that the view which tells it speaks for all of them.
 */
export function compareCode(
  code: Hex,
  { runtime, immutables }: BuiltContract,
): string | undefined {
  if (code === "0x") return "there is no code";
  if (code.length !== runtime.length)
    return `it is ${(code.length - 2) / 2} bytes of other code, not ${(runtime.length - 2) / 2}`;
  let masked = code.slice(2);
  for (const copies of immutables) {
    const values = new Set<string>();
    for (const start of copies) {
      const at = 2 * start;
      values.add(masked.slice(at, at + WORD));
      masked = masked.slice(0, at) + "0".repeat(WORD) + masked.slice(at + WORD);
    }
    if (values.size > 1)
      return "copies of one immutable differ, which no constructor of ours does";
  }
  return masked === runtime.slice(2).toLowerCase()
    ? undefined
    : "it is other code: another version, or compiled with other settings";
}
