import type { DatasetManifest } from "../dataset/manifest.ts";
import { columnsFor } from "./columns.ts";
import { IVORY, MARGIN, QUIET, WALL } from "./chart-market.ts";
import { box, dataUri, image, text, tidy } from "./svg.ts";

/** Side of one picture, the gap between two, and the room for what is written below. */
const THUMB = 200;
const GAP = 24;
const CAPTION = 84;
const HEAD = 96;

/** Most pictures on a sheet; of more, evenly spaced ones are shown. */
const MOST = 40;

/** Widest line of a caption, in characters of its size: Inter's are about half as wide as they are high. */
const TITLE_SIZE = 15;
const HOLDER_SIZE = 12;

/** The places of the pictures that a dataset's sheet shows. */
export function shownOnSheet({ count }: DatasetManifest): readonly number[] {
  const shown = Math.min(MOST, count);
  return Array.from({ length: shown }, (_, i) =>
    Math.floor((i * count) / shown),
  );
}

/**
 * The pictures of a dataset with their titles and rights holders, as SVG. Pure: the same dataset, the same text.
 * @param pictures PNG bytes of the pictures at {@link shownOnSheet}, in that order.
 */
export function datasetSheet(
  manifest: DatasetManifest,
  pictures: readonly Uint8Array[],
): string {
  const places = shownOnSheet(manifest);
  const columns = columnsFor(places.length);
  const rows = Math.ceil(places.length / columns);
  const step = THUMB + GAP;
  const width = Math.max(720, 2 * MARGIN + columns * step - GAP);
  const height = HEAD + rows * (step + CAPTION - GAP / 2) + MARGIN;
  const left = (width - columns * step + GAP) / 2;
  const { title, count, root } = manifest;
  const number =
    places.length < count
      ? `${places.length} of ${count} pictures`
      : `${count} ${count === 1 ? "picture" : "pictures"}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${tidy(width)}" height="${tidy(height)}" font-family="Inter">`,
    box({ x: 0, y: 0, width, height }, WALL),
    text(cut(title, 26, width - 2 * left), left, 46, {
      size: 26,
      weight: 600,
      fill: IVORY,
    }),
    text(`${number} · ${root}`, left, 70, {
      size: 13,
      weight: 400,
      fill: QUIET,
    }),
    ...places.flatMap((place, i) => {
      const picture = manifest.images[place];
      const png = pictures[i];
      if (picture === undefined || png === undefined) return [];
      const x = left + (i % columns) * step;
      const y = HEAD + Math.floor(i / columns) * (step + CAPTION - GAP / 2);
      const titles = wrapped(picture.title, TITLE_SIZE);
      const { rightsHolder, licence } = picture;
      return [
        image(dataUri(png), x, y, THUMB),
        ...titles.map((words, line) =>
          text(words, x, y + THUMB + 20 + 19 * line, {
            size: TITLE_SIZE,
            weight: 600,
            fill: IVORY,
          }),
        ),
        ...[cut(rightsHolder, HOLDER_SIZE, THUMB), licenceWord(licence)].map(
          (words, line) =>
            text(words, x, y + THUMB + 19 + 19 * titles.length + 16 * line, {
              size: HOLDER_SIZE,
              weight: 400,
              fill: QUIET,
            }),
        ),
      ];
    }),
    "</svg>",
  ].join("");
}

/** A licence in a word. */
export function licenceWord(
  licence: DatasetManifest["images"][number]["licence"],
): string {
  if (licence.kind === "spdx") return licence.id;
  return licence.kind === "text" ? "own licence" : "public domain";
}

/** A title on one line or two, broken between words. */
function wrapped(words: string, size: number): readonly string[] {
  const most = lettersIn(THUMB, size);
  if (words.length <= most) return [words];
  const at = words.lastIndexOf(" ", most);
  return at <= 0
    ? [cut(words, size, THUMB)]
    : [words.slice(0, at), cut(words.slice(at + 1), size, THUMB)];
}

/** Words that fit a width, as well as can be told without measuring them. */
function cut(words: string, size: number, width: number): string {
  const most = lettersIn(width, size);
  return words.length <= most ? words : `${words.slice(0, most - 1).trim()}…`;
}

const lettersIn = (width: number, size: number): number =>
  Math.floor(width / (size * 0.54));
