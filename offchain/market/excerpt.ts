/** The beginning of a text from a file, fit for one line of an error: no control characters, not long. */
export function excerpt(text: string, longest = 60): string {
  const line = text.slice(0, longest + 1).replace(/\p{C}+/gu, " ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
