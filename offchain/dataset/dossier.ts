import { z } from "zod";

import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { canonicalBytes } from "../kernel/json.ts";
import { bytes32, parseJson } from "../kernel/schema.ts";
import { words } from "./schema.ts";

/** Name of the dossier in a dataset directory. */
export const DOSSIER = "dossier.json";

const entry = z.strictObject({
  /** Hash of the entry before; of the first, the root of the dataset. */
  previous: bytes32,
  /** UTC, to the second. Given by the caller: nothing proves it. */
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  who: words(200),
  /** What was done, in a word or two: selected, left out, cropped, noted, tuned, explored ... */
  act: z.string().regex(/^[a-z][a-z -]{0,39}$/),
  words: words(8_000),
});

/** One act of a person. */
export type DossierEntry = z.infer<typeof entry>;

/** An act that is not yet in a chain. */
export type Act = Omit<DossierEntry, "previous">;

const shape = z.strictObject({
  version: z.literal(1),
  dataset: bytes32,
  entries: z.array(entry).max(100_000),
  /** Hash of the last entry: whoever noted it elsewhere finds entries that were taken away. */
  head: bytes32,
});

/** The hash-chained dossier of authorship: who chose what, when, and in which words. */
export type Dossier = z.infer<typeof shape>;

/** A dossier of a dataset, with nothing in it. */
export function emptyDossier(dataset: Hex): Dossier {
  return { version: 1, dataset, entries: [], head: dataset };
}

/** The hash that the next entry names. */
export function entryHash(entry: DossierEntry): Hex {
  return toHex(sha256(canonicalBytes(entry)));
}

/**
 * The dossier with one more act at its end.
 * @throws FatalError `dataset/bad-act` if the act has not the expected form.
 */
export function appendAct(dossier: Dossier, act: Act): Dossier {
  const checked = entry.safeParse({ ...act, previous: dossier.head });
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new FatalError(
      "dataset/bad-act",
      `The ${issue?.path.join(".") ?? "act"} of \`${act.act}\` ${issue?.message ?? "is wrong"}; correct it.`,
    );
  }
  return {
    ...dossier,
    entries: [...dossier.entries, checked.data],
    head: entryHash(checked.data),
  };
}

/** The one text of a dossier. */
export function dossierBytes(dossier: Dossier): Uint8Array {
  return canonicalBytes(dossier);
}

/**
 * Reads a dossier and follows its chain.
 * @throws FatalError `dataset/bad-dossier`; `dataset/broken-chain`, naming the entry behind which it breaks.
 */
export function parseDossier(bytes: Uint8Array, dataset: Hex): Dossier {
  const dossier = parseJson(shape, bytes, {
    code: "dataset/bad-dossier",
    what: DOSSIER,
  });
  const broken = (where: string): FatalError =>
    new FatalError(
      "dataset/broken-chain",
      `The dossier's chain is broken ${where}; somebody changed, removed or inserted an entry, so restore the file.`,
    );
  if (dossier.dataset !== dataset)
    throw broken(`at its start: it is that of dataset ${dossier.dataset}`);
  let head: Hex = dataset;
  dossier.entries.forEach((each, place) => {
    if (each.previous !== head) throw broken(`before entry ${place + 1}`);
    head = entryHash(each);
  });
  if (dossier.head !== head) throw broken("at its end");
  return dossier;
}
