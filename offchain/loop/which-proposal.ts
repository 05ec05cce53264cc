import { FatalError } from "../kernel/errors.ts";
import type { Governance } from "./ports-governance.ts";

/** Fewer digits are a slip rather than the beginning of a name. */
export const LEAST_DIGITS = 6;

/** As many digits as an id may lack at its beginning and still be whole: ids are hashes, 77 or 78 digits nearly always. */
const WHOLE = 70;

/**
 * The whole id of a proposal that is named by its first digits, six at least. There is no name such as "the last one": whoever proposes
 * a moment before a vote would get that vote. Nor does making an id that begins alike help: then both have to be told apart.
 * @throws FatalError `dao/no-proposal`, `dao/ambiguous-proposal`.
 */
export async function whichProposal(
  digits: string,
  governance: Pick<Governance, "proposals">,
): Promise<string> {
  if (digits.length >= WHOLE) return digits;
  const ids = (await governance.proposals()).map(({ id }) => id);
  if (ids.includes(digits)) return digits;
  const found =
    digits.length < LEAST_DIGITS
      ? []
      : ids.filter((id) => id.startsWith(digits));
  const [only] = found;
  if (only === undefined)
    throw new FatalError(
      "dao/no-proposal",
      `No proposal's number begins with ${digits}; give at least its first ${LEAST_DIGITS} digits, as npx hardhat proposals tells them.`,
    );
  if (found.length > 1)
    throw new FatalError(
      "dao/ambiguous-proposal",
      `${found.length} proposals begin with ${digits}, ${found.join(" and ")}; give more digits of the one you mean.`,
    );
  return only;
}
