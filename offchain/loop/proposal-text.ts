import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { plainText, unseenIn } from "./plain-text.ts";

/** Every byte of a description is paid for as calldata. */
const MAX_BYTES = 32_768;
const MAX_TITLE = 120;

/** Why something is proposed, in the words of whoever proposes it. */
export interface ProposalText {
  /** One line. */
  readonly title: string;
  /** Markdown; empty if there is only a title. */
  readonly body: string;
}

/** What OpenZeppelin's Governor reads at the very end: nobody else may send this proposal first. */
const PROPOSER = /\s*#proposer=0x[0-9a-f]{40}\s*$/i;

/**
 * Reads why something is proposed: the first line is the title, as `# Title` or bare, the rest is the body.
 * @param name of the file, for the sentence.
 * @throws FatalError `dao/bad-description` if it is no UTF-8, empty, has no short first line, or holds characters that are invisible or
 * turn the reading direction: voters must see what they vote on; `dao/description-too-long` above 32 KiB.
 */
export function readProposalText(
  bytes: Uint8Array,
  name: string,
): ProposalText {
  if (bytes.length > MAX_BYTES)
    throw new FatalError(
      "dao/description-too-long",
      `\`${name}\` has ${bytes.length} bytes, and a description is paid for byte by byte; give at most ${MAX_BYTES}, and link what is longer.`,
    );
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw bad(name, "is no UTF-8 text", cause);
  }
  const clean = text.replaceAll(/\r\n?/g, "\n").replace(PROPOSER, "").trim();
  const unseen = unseenIn(clean);
  if (unseen !== undefined)
    throw bad(
      name,
      `holds the character ${unseen.code} in line ${unseen.line}, which nobody sees`,
    );
  const [first = "", ...rest] = clean.split("\n");
  const title = first.replace(/^#+ +/, "").trim();
  if (title === "") throw bad(name, "has no title");
  if (title.length > MAX_TITLE)
    throw bad(
      name,
      `has a first line of ${title.length} characters, and a title has at most ${MAX_TITLE}`,
    );
  return { title, body: rest.join("\n").trim() };
}

/**
 * The description as Tally and Snapshot show it: `# Title`, a blank line, the body; then where the reasons lie, and the suffix by which
 * only the proposer can send it.
 */
export function descriptionOf(
  { title, body }: ProposalText,
  {
    proposer,
    reasons,
  }: {
    readonly proposer: Hex;
    /** CID of the published reasons. */
    readonly reasons: string;
  },
): string {
  const parts = [
    `# ${title}`,
    body,
    `Reasons: ipfs://${reasons}`,
    `#proposer=${proposer}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Title and body of anybody's description, as they may be shown; nothing in it is believed. */
export function shownText(description: string): ProposalText {
  const clean = plainText(description, { max: 4_000 }).replace(PROPOSER, "");
  const [first = "", ...rest] = clean.trim().split("\n");
  const title = plainText(first.replace(/^#+ +/, ""), {
    max: MAX_TITLE,
    line: true,
  });
  return {
    title: title === "" ? "(no title)" : title,
    body: rest.join("\n").trim(),
  };
}

function bad(name: string, why: string, cause?: unknown): FatalError {
  return new FatalError(
    "dao/bad-description",
    `\`${name}\` ${why}; give a text whose first line is the title.`,
    { cause },
  );
}
