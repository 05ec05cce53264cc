import known from "spdx-license-ids/index.json" with { type: "json" };

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Licence } from "./manifest.ts";

/** What a licences file says of a licence: a word, or the path of a text. */
export type LicenceClaim = string | { readonly text: string };

/** SPDX matches ids without regard to case; the list's own spelling is kept. */
const SPDX: ReadonlyMap<string, string> = new Map(
  known.map((id) => [id.toLowerCase(), id]),
);

const PUBLIC_DOMAIN = /^(public[ -]domain|pd)$/i;

/** No adaptations: what is woven from a picture is one. Creative Commons' ND, and the like. */
const NO_DERIVATIVES = /(^|-)ND(-|$)|NoDeriv/i;

/** No sale: works of a collection are sold. Creative Commons' NC, and the like. */
const NON_COMMERCIAL = /(^|-)NC(-|$)|non-?commercial/i;

/** Whoever adapts must pass the same terms on. */
const SHARE_ALIKE = /(^|-)SA(-|$)|^[AL]?GPL-|^OSL-|^CAL-|^LAL-/;

/**
 * The licence that a word or a text stands for.
 * @param textSha256 sha-256 of the text, where the claim names one.
 * @throws FatalError `licence/unknown`, `licence/no-derivatives`, `licence/non-commercial`; the sentence begins with the file's name.
 */
export function judgeLicence(
  file: string,
  claim: LicenceClaim,
  textSha256: Hex | undefined,
): Licence {
  if (typeof claim !== "string") {
    if (textSha256 === undefined) throw new TypeError("a text without a hash");
    return { kind: "text", textSha256 };
  }
  if (PUBLIC_DOMAIN.test(claim)) return { kind: "public-domain" };
  const id = SPDX.get(claim.toLowerCase());
  if (id === undefined) {
    throw new FatalError(
      "licence/unknown",
      `\`${file}\` has the licence \`${claim}\`, which is no SPDX id; give one such as CC0-1.0, "public domain", or {"text": "LICENCE.txt"}.`,
    );
  }
  if (NO_DERIVATIVES.test(id)) {
    throw new FatalError(
      "licence/no-derivatives",
      `\`${file}\` is under ${id}, which forbids adaptations, and works woven from it are some; ask its rights holder for a text that allows them, and give {"text": ...}.`,
    );
  }
  if (NON_COMMERCIAL.test(id)) {
    throw new FatalError(
      "licence/non-commercial",
      `\`${file}\` is under ${id}, which forbids sale, and works of a collection are sold; ask its rights holder for a text that allows it, and give {"text": ...}.`,
    );
  }
  return { kind: "spdx", id };
}

/** Whether works made from a picture may have to carry its licence on. */
export function sharesAlike(licence: Licence): boolean {
  return licence.kind === "spdx" && SHARE_ALIKE.test(licence.id);
}
