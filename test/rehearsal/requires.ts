/** Ends the rehearsal in one sentence where something is not as it should be. */
export function require(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`It should be otherwise: ${what}`);
}
