import { resolve } from "node:path";

import { FatalError } from "../../offchain/kernel/errors.ts";

/** A path that a command cannot do without. */
export function requirePath(
  text: string | undefined,
  option: string,
  example: string,
): string {
  if (text !== undefined && text !== "") return resolve(text);
  throw new FatalError(
    "options/missing",
    `The option --${option} is missing; give ${example}.`,
  );
}

/** `--dataset`: out/dataset when left out. */
export function parseDataset(text = "out/dataset"): string {
  return requirePath(text, "dataset", "the folder of a sealed dataset");
}

/** Words for a dossier or a title: one line. */
export function parseWords(text: string, option: string, most: number): string {
  const words = text.replaceAll(/\s+/g, " ").trim();
  if (words !== "" && words.length <= most) return words;
  throw new FatalError(
    "options/bad-words",
    `\`--${option}\` holds ${words.length} characters; give 1 to ${most}.`,
  );
}
