import type { Hex } from "../kernel/bytes.ts";
import { canonicalJson, type Json } from "../kernel/json.ts";
import { FatalError } from "../kernel/errors.ts";
import { judgeConsent } from "./consent.ts";
import { judgeLicence } from "./licence.ts";
import type { Claim, LicencesFile, LicenceEntry } from "./licences-file.ts";
import type { DatasetImage } from "./manifest.ts";
import type { Refusal } from "./refusal.ts";

/** The rights in a picture, judged and found good. */
export type Rights = Pick<
  DatasetImage,
  "licence" | "rightsHolder" | "origin" | "consent"
>;

/** What a licences file claims for each file that it names, and for all others. */
export interface Claims {
  /** What it claims for this file: its own entry, completed by the default. */
  of(file: string): LicenceEntry | undefined;
  /** Entries without a file, with a path for a name, or that contradict each other. */
  readonly refusals: readonly Refusal[];
}

/** Finds for each of these files what is claimed; a picture that is listed twice must be so in the same words. */
export function matchClaims(
  licences: LicencesFile,
  files: ReadonlySet<string>,
): Claims {
  const entries = new Map<string, LicenceEntry>();
  const refusals = new Map<string, Refusal>();
  const refuse = (file: string, code: Refusal["code"], why: string): void =>
    void refusals.set(file, { file, code, sentence: `\`${file}\` ${why}` });
  for (const entry of licences.images ?? []) {
    const { file } = entry;
    const earlier = entries.get(file);
    if (/[/\\]/.test(file) || file === "." || file === "..") {
      refuse(
        file,
        "licence/bad-path",
        "is a path; give the names of files in the folder of pictures.",
      );
    } else if (!files.has(file)) {
      refuse(
        file,
        "licence/no-such-file",
        "has an entry in the licences file, and is not in the folder; take the entry out, or put the picture in.",
      );
    } else if (earlier !== undefined && !same(earlier, entry)) {
      refuse(
        file,
        "licence/contradictory",
        "is listed twice with different words; leave one entry.",
      );
    } else entries.set(file, entry);
  }
  return {
    refusals: [...refusals.values()],
    of(file) {
      const entry = entries.get(file);
      if (entry === undefined && licences.default === undefined)
        return undefined;
      return { file, ...licences.default, ...entry };
    },
  };
}

/**
 * The rights in a picture.
 * @throws FatalError `licence/missing`, `licence/*`, `consent/*`; the sentence names the file and what would help.
 */
export function judgeClaim(
  file: string,
  claim: Claim | undefined,
  textSha256: Hex | undefined,
): Rights {
  const missing = (
    [
      ["licence", "licence"],
      ["rightsHolder", "rights holder"],
      ["origin", "origin"],
    ] as const
  ).flatMap(([key, word]) => (claim?.[key] === undefined ? [word] : []));
  if (claim?.licence === undefined || missing.length > 0) {
    throw new FatalError(
      "licence/missing",
      claim === undefined
        ? `\`${file}\` has no entry in the licences file; write one, or a default for all.`
        : `\`${file}\` has no ${missing.join(", no ")} in the licences file; complete its entry.`,
    );
  }
  return {
    licence: judgeLicence(file, claim.licence, textSha256),
    rightsHolder: claim.rightsHolder ?? "",
    origin: claim.origin ?? "",
    consent: judgeConsent(file, claim.consent),
  };
}

function same(a: LicenceEntry, b: LicenceEntry): boolean {
  return textOf(a) === textOf(b);
}

const textOf = (entry: LicenceEntry): string =>
  canonicalJson(entry as unknown as Json);
