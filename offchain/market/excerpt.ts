const LONGEST = 60;

/** The beginning of a text from a file, fit for one line of an error: no control characters, at most 60 units and an ellipsis. */
export function excerpt(text: string): string {
  const line = text.slice(0, LONGEST + 1).replace(/\p{C}+/gu, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
