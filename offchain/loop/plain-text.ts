const ESCAPE = String.fromCodePoint(0x1b);
const BELL = String.fromCodePoint(0x07);

/** Sequences that a terminal obeys: colours and cursor moves, titles and links with their text, and the two-letter ones. */
const SEQUENCES = new RegExp(
  [
    `${ESCAPE}\\[[0-?]*[ -/]*[@-~]`,
    `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?`,
    `${ESCAPE}[ -~]?`,
    `${String.fromCodePoint(0x9b)}[0-?]*[ -/]*[@-~]`,
  ].join("|"),
  "gu",
);

/** What is never seen, or turns the reading direction, and what no font has; joiners of letters and emoji stay. */
const UNSEEN = /(?!\u200c|\u200d|\n|\t)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;

/** Marks piled on one letter until they cover the lines around it. */
const PILES = /(\p{M}{4})\p{M}+/gu;

/**
 * A stranger's text as it may be shown on a terminal: without escape sequences, control characters, what turns the reading direction and
 * what is invisible, cut at `max` characters, which it says. Line ends and tabs stay, unless it is to be one line.
 */
export function plainText(
  text: string,
  { max, line = false }: { readonly max: number; readonly line?: boolean },
): string {
  // Longer texts are cut before anything is searched in them; what is stripped is part of the count then.
  const cut = text.slice(0, 8 * max).toWellFormed();
  const clean = cut
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(SEQUENCES, "")
    .replaceAll(UNSEEN, "")
    .replaceAll(PILES, "$1");
  const lines = line ? clean.replaceAll(/\s+/g, " ").trim() : clean;
  const characters = Array.from(lines);
  if (characters.length <= max && cut.length === text.length) return lines;
  return `${characters.slice(0, max).join("")}…`;
}

/** The first character of a text that {@link plainText} would not let through: its code and its line, from 1; undefined if there is none. */
export function unseenIn(
  text: string,
): { readonly code: string; readonly line: number } | undefined {
  const found = new RegExp(UNSEEN.source, "u").exec(text);
  if (found === null) return undefined;
  const code = found[0].codePointAt(0) ?? 0;
  const line = text.slice(0, found.index).split("\n").length;
  return {
    code: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`,
    line,
  };
}
