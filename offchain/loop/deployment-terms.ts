import { toHex, utf8, type Hex } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { JOBS } from "./chain.ts";
import type { DeploymentTerms } from "./ports-deployment.ts";

const ZERO = `0x${"00".repeat(20)}`;

/** The bounds that the contracts themselves keep, so that they are told before anything is paid for. */
const MOST = {
  seedDelay: 256,
  sealWindow: 8_191,
  royaltyBps: 1_000,
  worksPerDay: 2 ** 24 - 1,
} as const;

/**
 * Refuses terms that the contracts would refuse, or that nobody can have meant.
 * @param file where they come from, for the sentence.
 * @throws FatalError `deploy/placeholder`, `deploy/bad-address`, `deploy/two-jobs`, `deploy/royalty-too-high`, `deploy/bad-number`.
 */
export function checkTerms(terms: DeploymentTerms, file: string): void {
  const { jobs, royaltyReceiver, oracleAdapter, royaltyBps } = terms;
  const holders = new Map<string, string>();
  for (const job of JOBS) {
    const account = requireAccount(jobs[job], job, file);
    const other = holders.get(account);
    if (other !== undefined)
      throw new FatalError(
        "deploy/two-jobs",
        `\`Loop.${job}\` and \`Loop.${other}\` in ${file} are both ${account}, and the contracts give nobody two jobs; name another account.`,
      );
    holders.set(account, job);
  }
  requireAccount(royaltyReceiver, "royaltyReceiver", file);
  if (oracleAdapter !== ZERO)
    requireAccount(oracleAdapter, "oracleAdapter", file);
  if (royaltyBps > MOST.royaltyBps)
    throw new FatalError(
      "deploy/royalty-too-high",
      `\`Loop.royaltyBps\` in ${file} is ${royaltyBps}; the contracts take at most ${MOST.royaltyBps}, which is 10 %.`,
    );
  requireRange("seedDelay", terms.seedDelay, 1, file);
  requireRange("sealWindow", terms.sealWindow, 1, file);
  requireRange("worksPerDay", terms.worksPerDay, 0, file);
  if (terms.maxSupply < 1)
    throw badNumber("maxSupply", terms.maxSupply, "at least 1", file);
}

/** An account that was filled in: 20 bytes, with the right capitals if it has any, and not zero; in small letters. */
function requireAccount(text: string, field: string, file: string): Hex {
  if (!/^0x/i.test(text))
    throw new FatalError(
      "deploy/placeholder",
      `\`Loop.${field}\` in ${file} is not filled in (\`${text}\`); give it an address.`,
    );
  const digits = text.slice(2);
  const lower = digits.toLowerCase();
  const good =
    /^[0-9a-f]{40}$/.test(lower) &&
    `0x${lower}` !== ZERO &&
    (digits === lower ||
      digits === digits.toUpperCase() ||
      digits === checksummed(lower));
  if (good) return `0x${lower}`;
  throw new FatalError(
    "deploy/bad-address",
    `\`Loop.${field}\` in ${file} is \`${text}\`, which is no address that somebody holds; give 0x and 40 hexadecimal digits, with their capitals as your wallet shows them.`,
  );
}

/** EIP-55: a digit is a capital where the hash of the small ones has a high nibble. */
function checksummed(lower: string): string {
  const hash = toHex(keccak256(utf8(lower))).slice(2);
  return lower.replace(/./g, (digit, i: number) =>
    Number.parseInt(hash.charAt(i), 16) >= 8 ? digit.toUpperCase() : digit,
  );
}

function requireRange(
  field: Exclude<keyof typeof MOST, "royaltyBps">,
  value: number,
  least: number,
  file: string,
): void {
  if (value < least || value > MOST[field])
    throw badNumber(field, value, `${least} to ${MOST[field]}`, file);
}

function badNumber(
  field: string,
  value: number,
  range: string,
  file: string,
): FatalError {
  return new FatalError(
    "deploy/bad-number",
    `\`Loop.${field}\` in ${file} is ${value}; the contracts take ${range}.`,
  );
}
