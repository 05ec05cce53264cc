import { z } from "zod";

import { FatalError, type ErrorCode } from "../kernel/errors.ts";
import { dataMiningPreference, permission, type Consent } from "./manifest.ts";
import { words } from "./schema.ts";

/** C2PA's and CAWG's entries of a training-mining assertion, and what ERC-7517 calls the same. */
const ASSERTED = {
  data_mining: "dataMining",
  ai_inference: "aiInference",
  ai_training: "aiTraining",
  ai_generative_training: "aiGenerativeTraining",
} as const;

const OWN_WORDS = new Set([
  "training",
  "by",
  "statement",
  "dataMiningPreference",
]);

const use = z.union([permission, z.looseObject({ use: permission })]);

type Asserted = Partial<
  Record<(typeof ASSERTED)[keyof typeof ASSERTED], Permission>
>;

/** What a licences file says of a consent; C2PA's entries may stand in it as they stand in an assertion, and come out under ERC-7517's names. */
export const consentClaim = z
  .looseObject({
    training: permission.optional(),
    by: words(200).optional(),
    statement: words(2_000).optional(),
    dataMiningPreference: dataMiningPreference.optional(),
  })
  .transform((claim, context) => {
    const { training, by, statement, dataMiningPreference: stated } = claim;
    const asserted: Asserted = {};
    for (const [key, value] of Object.entries(claim)) {
      if (OWN_WORDS.has(key)) continue;
      const entry = /^(?:c2pa|cawg)\.(.+)$/.exec(key)?.[1] ?? "";
      const word = Object.entries(ASSERTED).find(([name]) => name === entry);
      const said = use.safeParse(value);
      if (word === undefined || !said.success) {
        const message = "is nothing that C2PA or ERC-7517 says";
        context.addIssue({ code: "custom", path: [key], message });
        return z.NEVER;
      }
      asserted[word[1]] =
        typeof said.data === "object" ? said.data.use : said.data;
    }
    return {
      ...(training === undefined ? {} : { training }),
      ...(by === undefined ? {} : { by }),
      ...(statement === undefined ? {} : { statement }),
      ...(stated === undefined ? {} : { dataMiningPreference: stated }),
      ...(Object.keys(asserted).length === 0 ? {} : { asserted }),
    } as ConsentClaim;
  });

/** A consent as a licences file says it. */
export interface ConsentClaim {
  readonly training?: Permission | undefined;
  readonly by?: string | undefined;
  readonly statement?: string | undefined;
  readonly dataMiningPreference?: Preference | undefined;
  /** C2PA's or CAWG's entries. */
  readonly asserted?: Asserted | undefined;
}

type Preference = Consent["dataMiningPreference"];

type Permission = z.infer<typeof permission>;

/** The words that speak of training a model that makes pictures, the one that fits best first: whose work it is, every dataset says. */
const DECIDING = [
  "aiGenerativeTrainingWithAuthorship",
  "aiGenerativeTraining",
  "aiTrainingWithAuthorship",
  "aiTraining",
] as const;

/**
 * The consent to train that a claim gives. Authorship is disclosed by every dataset (its manifest names the rights holder), so consent
 * that is bound to it is enough; consent under conditions of another kind is not, for no program can tell whether they are met.
 * @throws FatalError `consent/missing`, `consent/denied`, `consent/constrained`, `consent/contradictory`; the sentence begins with the
 * file's name.
 */
export function judgeConsent(file: string, claim: ConsentClaim = {}): Consent {
  const refuse = (problem: string, sentence: string): FatalError =>
    new FatalError(
      `consent/${problem}` as ErrorCode,
      `\`${file}\` ${sentence}`,
    );
  const { training, by, statement } = claim;
  const preference = preferenceOf(file, claim);
  const word = DECIDING.find((each) => preference[each] !== undefined);
  const answer = training ?? (word && preference[word]);
  const plain = preference.aiGenerativeTraining;
  if (
    (word !== undefined && preference[word] !== answer) ||
    (plain === "allowed" && answer !== "allowed")
  ) {
    throw refuse(
      "contradictory",
      `has a consent that says ${answer} and ${preference[word ?? DECIDING[1]]} at once; let its rights holder say which.`,
    );
  }
  if (answer === "notAllowed") {
    throw refuse(
      "denied",
      "may not be trained on: its rights holder denied consent; take it out of the folder.",
    );
  }
  if (answer === "constrained") {
    throw refuse(
      "constrained",
      'may be trained on only under conditions, which no program can check; ask its rights holder for a plain "allowed".',
    );
  }
  if (answer === undefined || by === undefined || statement === undefined) {
    throw refuse(
      "missing",
      "has no consent to train; say whose it is and in which words: {training, by, statement}.",
    );
  }
  return {
    training: "allowed",
    by,
    statement,
    dataMiningPreference:
      word === DECIDING[0]
        ? preference
        : { ...preference, aiGenerativeTraining: "allowed" },
  };
}

/** ERC-7517's words of a claim, C2PA's among them. @throws FatalError `consent/contradictory`. */
function preferenceOf(file: string, claim: ConsentClaim): Preference {
  const preference = { ...claim.dataMiningPreference };
  for (const entry of Object.entries(claim.asserted ?? {})) {
    const [word, answer] = entry as [keyof Asserted, Permission];
    if ((preference[word] ?? answer) !== answer) {
      throw new FatalError(
        "consent/contradictory",
        `\`${file}\` has a consent whose C2PA and ERC-7517 words differ on ${word}; let its rights holder say which.`,
      );
    }
    preference[word] = answer;
  }
  return preference;
}
