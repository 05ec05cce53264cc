import { parse } from "csv-parse/sync";
import { z } from "zod";

import { utf8 } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { consentClaim } from "./consent.ts";
import { faultOf, parseJson } from "../kernel/schema.ts";
import { words } from "./schema.ts";

/** Longest licences file, bytes: words for 20,000 pictures. */
export const MOST_LICENCES_BYTES = 32 * 1024 * 1024;

const claim = {
  licence: z
    .union([words(80), z.strictObject({ text: words(255) })])
    .optional(),
  rightsHolder: words(200).optional(),
  origin: words(2_000).optional(),
  consent: consentClaim.optional(),
};

const entry = z.strictObject({
  /** A name in the folder of pictures; never a path. */
  file: words(255),
  title: words(200).optional(),
  /** A word for traits; from the title, or the file's name, when left out. */
  name: words(40).optional(),
  ...claim,
});

const shape = z.strictObject({
  version: z.literal(1).optional(),
  title: words(200).optional(),
  /** Who chose the pictures, for the dossier. */
  curator: words(200).optional(),
  /** What holds for every picture that does not say otherwise. */
  default: z.strictObject(claim).optional(),
  images: z.array(entry).max(100_000).optional(),
  /** What the curator wants on record: why these, how they were made, which prompts. */
  notes: z.array(words(2_000)).max(1_000).optional(),
});

/** What a licences file claims for one picture, or for all. */
export type Claim = Omit<LicenceEntry, "file" | "title" | "name">;

/** One entry of it. */
export type LicenceEntry = z.infer<typeof entry>;

/** A licences file, read; nothing in it is judged yet. */
export type LicencesFile = z.infer<typeof shape>;

/** Columns of the CSV form; `*` in the first stands for every picture. */
const COLUMNS = [
  "file",
  "title",
  "name",
  "licence",
  "rightsHolder",
  "origin",
  "training",
  "by",
  "statement",
] as const;

/**
 * Reads a licences file: JSON, or CSV with a header where its name ends so.
 * @throws FatalError `licence/bad-file`, naming the field.
 */
export function parseLicences(name: string, bytes: Uint8Array): LicencesFile {
  if (bytes.length > MOST_LICENCES_BYTES) {
    throw new FatalError(
      "licence/bad-file",
      `\`${name}\` has ${bytes.length} bytes; a licences file has at most ${MOST_LICENCES_BYTES}.`,
    );
  }
  const json = /\.csv$/i.test(name)
    ? utf8(JSON.stringify(fromCsv(name, bytes)))
    : bytes;
  return parseJson(shape, withoutMark(json), {
    code: "licence/bad-file",
    what: name,
  });
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? bytes.subarray(3) : bytes;
}

function fromCsv(name: string, bytes: Uint8Array): object {
  let rows: Record<string, string>[];
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    rows = parse(text, {
      bom: true,
      columns: true,
      delimiter: [",", ";", "\t"],
      skip_empty_lines: true,
      trim: true,
      max_record_size: 64 * 1024,
    });
  } catch (cause) {
    throw new FatalError(
      "licence/bad-file",
      `\`${name}\` is not well-formed CSV (${String(cause).replaceAll(/\s+/g, " ").slice(0, 160)}); export it again.`,
      { cause },
    );
  }
  const row = z.strictObject(
    Object.fromEntries(
      COLUMNS.map((column) => [column, z.string().optional()]),
    ),
  );
  const entries = rows.map((cells, i) => {
    const read = row.safeParse(cells);
    if (read.success) return entryOf(read.data);
    throw new FatalError(
      "licence/bad-file",
      `\`${name}\` has an unknown column or cell in row ${i + 1}${faultOf(read.error)}; its columns are ${COLUMNS.join(", ")}.`,
    );
  });
  const { file: _, ...all } =
    entries.find((each) => each["file"] === "*") ?? {};
  const images = entries.filter((each) => each["file"] !== "*");
  return {
    ...(entries.length > images.length ? { default: all } : {}),
    images,
  };
}

/** Empty cells say nothing. */
function entryOf(
  cells: Record<string, string | undefined>,
): Readonly<Record<string, unknown>> {
  const given = Object.entries(cells).filter(
    ([, value]) => value !== undefined && value !== "",
  );
  const consent = given.filter(([key]) =>
    ["training", "by", "statement"].includes(key),
  );
  const rest = given.filter((cell) => !consent.includes(cell));
  const text = /^text:(.+)$/.exec(cells["licence"] ?? "")?.[1];
  return {
    ...Object.fromEntries(rest),
    ...(text === undefined ? {} : { licence: { text: text.trim() } }),
    ...(consent.length === 0 ? {} : { consent: Object.fromEntries(consent) }),
  };
}
