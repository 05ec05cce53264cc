import { z } from "zod";

import { STEER_END } from "../generator/work/steer.ts";
import { CHANNELS, STATE_END } from "../generator/evolution/state.ts";
import { fromHex, toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import { canonicalBytes, canonicalJson, type Json } from "../kernel/json.ts";
import { packObservation, unpackObservation } from "../kernel/observation.ts";
import { fileCid } from "../publishing/unixfs-file.ts";
import type { PictureKey } from "./engine.ts";
import type { Drawing } from "./explore-draw.ts";

const hex32 = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .transform((text) => text as Hex);
const word = z.string().min(1).max(64);
const steps = z.int().min(-STATE_END).max(STATE_END);
const steer = z
  .record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/), dial())
  .refine((dials) => Object.keys(dials).length > 0);
const place = z.int().min(0).max(4_095);

function dial() {
  return z
    .int()
    .min(-STEER_END)
    .max(STEER_END)
    .refine((value) => value !== 0);
}

/** A work by what it follows from; `steer` where it was steered. */
const work = z.strictObject({
  digest: hex32,
  traits: z.record(word, word),
  conditions: hex32,
  state: z
    .strictObject(
      Object.fromEntries(CHANNELS.map((name) => [name, steps])) as Record<
        (typeof CHANNELS)[number],
        typeof steps
      >,
    )
    .optional(),
  steer: steer.optional(),
});

/** `share` thousandths of the way from one work of the list to another. */
const picture = z.strictObject({
  work: place,
  towards: z
    .strictObject({ work: place, share: z.int().min(1).max(999) })
    .optional(),
});

const chosen = z.strictObject({
  version: z.literal(1),
  class: z.literal("chosen"),
  recipe: hex32,
  works: z.array(work).min(1).max(4_096),
  pictures: z.array(picture).min(1).max(4_096),
  form: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("picture") }),
    z.strictObject({
      kind: z.literal("sheet"),
      columns: z.int().min(1).max(4_096),
    }),
    z.strictObject({
      kind: z.literal("animation"),
      delays: z.array(z.int().min(1).max(60_000)).max(4_096),
    }),
  ]),
  size: z.int().min(64).max(4_096),
  file: z.strictObject({
    bytes: z.int().min(1),
    sha256: hex32,
    cid: z.string().min(1).max(128),
  }),
});

/** What somebody chose: works that follow from no seed alone, and all that is needed to draw their bytes again. */
export type Chosen = z.infer<typeof chosen>;

/** The facts of a file. */
export type FileFacts = Chosen["file"];

/** A file by its length and its hashes. */
export async function factsOf(bytes: Uint8Array): Promise<FileFacts> {
  return {
    bytes: bytes.length,
    sha256: toHex(sha256(bytes)),
    cid: await fileCid(bytes),
  };
}

/** The document of a drawing. Each work is named once. */
export function choose(
  recipe: Hex,
  { form, size, pictures }: Drawing,
  file: FileFacts,
): Chosen {
  const works: Chosen["works"] = [];
  const places = new Map<string, number>();
  const placeOf = ({
    digest,
    traits,
    observation,
    state,
    steer: dials,
  }: PictureKey) => {
    const one = {
      digest: toHex(digest),
      traits: { ...traits },
      conditions: packObservation(observation),
      ...(state === undefined ? {} : { state }),
      ...(dials === undefined || Object.keys(dials).length === 0
        ? {}
        : { steer: { ...dials } }),
    };
    const text = canonicalJson(one as unknown as Json);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, works.length);
    return works.push(one) - 1;
  };
  const listed = pictures.map(({ towards, ...key }) => ({
    work: placeOf(key),
    ...(towards === undefined
      ? {}
      : { towards: { work: placeOf(towards.key), share: towards.share } }),
  }));
  const copy =
    form.kind === "animation" ? { ...form, delays: [...form.delays] } : form;
  return {
    version: 1,
    class: "chosen",
    recipe,
    works,
    pictures: listed,
    form: copy,
    size,
    file,
  };
}

/** The one text of a document. */
export const chosenBytes = (document: Chosen): Uint8Array =>
  canonicalBytes(document as Json);

/**
 * Reads a document.
 * @throws FatalError `explore/bad-chosen` on anything but the canonical text of one.
 */
export function parseChosen(bytes: Uint8Array): Chosen {
  const bad = (why: string): FatalError =>
    new FatalError(
      "explore/bad-chosen",
      `This is no file of chosen works: it ${why}; give --chosen what explore wrote, unchanged.`,
    );
  let text: string;
  let given: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    given = JSON.parse(text);
  } catch {
    throw bad("is no JSON");
  }
  const { success, data, error } = chosen.safeParse(given);
  if (!success) {
    const field = error.issues[0]?.path.join(".") ?? "";
    throw bad(field === "" ? "has other fields" : `has no good ${field}`);
  }
  if (canonicalJson(data as Json) !== text) throw bad("is not canonical");
  const known = (at: number): boolean => at < data.works.length;
  if (
    !data.pictures.every(
      (one) => known(one.work) && known(one.towards?.work ?? 0),
    )
  )
    throw bad("names a work that it does not list");
  if (
    data.form.kind === "animation" &&
    data.form.delays.length !== data.pictures.length
  )
    throw bad("has not one delay for each frame");
  if (data.form.kind === "picture" && data.pictures.length !== 1)
    throw bad("has more than the one picture that it says");
  for (const { conditions } of data.works) {
    try {
      unpackObservation(conditions);
    } catch (cause) {
      if (!isLoopError(cause, "kernel/bad-conditions")) throw cause;
      throw bad("has conditions that no batch can have");
    }
  }
  return data;
}

/** What a document draws. */
export function drawingOf({ works, pictures, form, size }: Chosen): Drawing {
  const keys = works.map(
    ({ digest, traits, conditions, state, steer: dials }) => ({
      digest: fromHex(digest),
      traits,
      observation: unpackObservation(conditions),
      ...(state === undefined ? {} : { state }),
      ...(dials === undefined ? {} : { steer: dials }),
    }),
  );
  return {
    form,
    size,
    pictures: pictures.map(({ work: at, towards }) => {
      const key = keys[at] as PictureKey;
      if (towards === undefined) return key;
      const other = keys[towards.work] as PictureKey;
      return { ...key, towards: { key: other, share: towards.share } };
    }),
  };
}
