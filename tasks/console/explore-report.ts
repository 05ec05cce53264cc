import { relative } from "node:path";

import { toHex, type Hex } from "../../offchain/kernel/bytes.ts";
import type { FileFacts } from "../../offchain/loop/chosen.ts";
import type { PictureKey } from "../../offchain/loop/engine.ts";
import type { Exploration } from "../../offchain/loop/explore.ts";
import { table } from "./table.ts";

/** Most works that a terminal is told of; the rest is in the files and in `--json`. */
const MOST_ROWS = 30;

/** The one JSON document of `explore --json`. */
export function exploreDocument(
  { drawing, dials, search }: Exploration,
  told: {
    readonly kind: string;
    readonly recipe: Hex;
    readonly picture: string;
    readonly chosen: string;
    readonly file: FileFacts;
  },
) {
  const { form, size, pictures } = drawing;
  return {
    ...told,
    form,
    size,
    dials,
    ...(search === undefined
      ? {}
      : {
          search: {
            index: search.seed.index,
            seed: search.seed.distance,
            words: search.words.distance,
            dials: search.dials.distance,
          },
        }),
    pictures: pictures.map(({ towards, ...key }) => ({
      ...tellWork(key),
      ...(towards === undefined
        ? {}
        : { towards: { ...tellWork(towards.key), share: towards.share } }),
    })),
  };
}

const tellWork = ({ digest, traits, steer }: PictureKey) => ({
  digest: toHex(digest),
  traits,
  steer: steer ?? {},
});

/** The same for people. */
export function exploreLines(
  document: ReturnType<typeof exploreDocument>,
): string[] {
  const { kind, form, size, search, pictures, file } = document;
  const what =
    form.kind === "sheet"
      ? `${pictures.length} pictures of ${size} pixels, ${form.columns} in a row`
      : form.kind === "animation"
        ? `${pictures.length} frames of ${size} pixels`
        : `one picture of ${size} pixels`;
  return [
    `${kind}: ${what}.`,
    ...(search === undefined
      ? []
      : [
          `Distance to the example: ${fixed(search.seed)} by seed, ${fixed(search.words)} by words, ${fixed(search.dials)} by dials.`,
        ]),
    ...dialLines(document),
    "",
    ...workLines(document),
    `Picture  ${relative("", document.picture)}`,
    `Chosen   ${relative("", document.chosen)}`,
    `SHA-256  ${file.sha256}`,
    `CID      ${file.cid}`,
  ];
}

const fixed = (distance: number): string => distance.toFixed(3);

function dialLines({
  kind,
  dials,
}: ReturnType<typeof exploreDocument>): string[] {
  if (dials.length === 0) return [];
  const name = (i: number): string => `${dials[i]?.words} (${dials[i]?.name})`;
  if (kind === "grid")
    return [`To the right: ${name(0)}; upwards: ${name(1)}.`];
  return dials.map((_, i) => `Row ${i + 1}: ${name(i)}`);
}

/** The works that are shown, each once; of sheets around one work only that one. */
function workLines({ pictures }: ReturnType<typeof exploreDocument>): string[] {
  const seen = new Map<string, (typeof pictures)[number]>();
  for (const picture of pictures)
    if (!seen.has(picture.digest)) seen.set(picture.digest, picture);
  const rows = [...seen.values()].slice(0, MOST_ROWS).map((one, i) => [
    `${i + 1}`,
    one.digest,
    Object.values(one.traits).join(" "),
    Object.entries(one.steer)
      .filter(() => seen.size === pictures.length)
      .map(([dial, value]) => `${dial}=${value}`)
      .join(","),
  ]);
  const more = seen.size - rows.length;
  return [
    ...table(["", "digest", "traits", "dials"], rows),
    ...(more > 0 ? [`... and ${more} more, with --json.`] : []),
    "",
  ];
}
