import type { DatasetManifest } from "../../offchain/dataset/manifest.ts";
import { licenceWord } from "../../offchain/loop/dataset-sheet.ts";
import type { SealResult } from "../../offchain/loop/seal-dataset.ts";
import { table } from "./table.ts";

/** Most pictures that are listed for people; a manifest lists them all. */
const LISTED = 60;

/** What sealing came to, as `--json` prints it. */
export function sealDocument(result: SealResult, out: string): object {
  const { manifest, refusals, passedOver, remarks } = result;
  const { unchanged, movedAside } = result;
  return {
    sealed: manifest !== undefined,
    ...(manifest === undefined
      ? {}
      : {
          root: manifest.root,
          title: manifest.title,
          count: manifest.count,
          out,
          unchanged,
          movedAside: movedAside ?? null,
          images: manifest.images.map(({ name, source }) => ({
            name,
            file: source.file,
          })),
        }),
    refused: refusals,
    passedOver,
    remarks,
  };
}

/** The same for people. */
export function sealLines(result: SealResult, out: string): readonly string[] {
  const { manifest, refusals, unchanged, movedAside } = result;
  return [
    ...(refusals.length === 0
      ? []
      : [
          manifest === undefined ? "Refused:" : "Left out:",
          ...refusals.map(({ code, sentence }) => `  ${sentence} (${code})`),
          "",
        ]),
    ...(manifest === undefined ? [] : manifestLines(manifest)),
    ...(manifest === undefined
      ? []
      : [
          "",
          unchanged
            ? `The very same dataset lies in ${out}; it was left as it is.`
            : `The dataset lies in ${out}, with its proofs, a contact sheet and a dossier.`,
        ]),
    ...(movedAside === undefined
      ? []
      : [`What was there before lies in ${movedAside}.`]),
  ];
}

function manifestLines(manifest: DatasetManifest): readonly string[] {
  const { title, count, root, images } = manifest;
  const rows = images
    .slice(0, LISTED)
    .map(({ name, source, licence, rightsHolder }) => [
      name,
      source.file,
      licenceWord(licence),
      rightsHolder,
    ]);
  return [
    `${title}: ${count} ${count === 1 ? "picture" : "pictures"}`,
    `Root ${root}`,
    "",
    ...table(["name", "file", "licence", "rights holder"], rows),
    ...(count > LISTED ? [`and ${count - LISTED} more`] : []),
  ];
}
