import { FatalError } from "../../offchain/kernel/errors.ts";
import { parseAddress } from "./options.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";

/** Votes of OpenZeppelin's simple counting. */
const SUPPORTS = ["for", "against", "abstain"] as const;

export type Support = (typeof SUPPORTS)[number];

/** Most characters of a vote's reason: it is paid for as calldata. */
const MAX_REASON = 1_000;

/** `--proposal`: the id that `propose` and `proposals` tell, or its first digits. @throws FatalError `options/bad-proposal`. */
export function parseProposal(text: string | undefined): string {
  if (text !== undefined && /^[1-9]\d{0,77}$/.test(text)) return text;
  throw new FatalError(
    "options/bad-proposal",
    `\`${text ?? "nothing"}\` is no proposal; give --proposal with the number that npx hardhat proposals tells.`,
  );
}

/** `--support`. @throws FatalError `options/bad-support`. */
export function parseSupport(text: string | undefined): Support {
  const found = SUPPORTS.find((each) => each === text);
  if (found !== undefined) return found;
  throw new FatalError(
    "options/bad-support",
    `\`${text ?? "nothing"}\` is no vote; give --support for, against or abstain.`,
  );
}

/** `--reason` of a vote; empty when left out. @throws FatalError `options/bad-reason`. */
export function parseReason(text = ""): string {
  if (text.length <= MAX_REASON && text.isWellFormed()) return text;
  throw new FatalError(
    "options/bad-reason",
    `A reason of ${text.length} characters is too long to be voted with; give at most ${MAX_REASON}.`,
  );
}

/** `--account`; undefined when left out. */
export function parseAccount(text: string | undefined): Hex | undefined {
  return text === undefined ? undefined : parseAddress(text);
}
