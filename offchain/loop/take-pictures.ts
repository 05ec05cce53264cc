import { createNames, pathOf, stemOf } from "../dataset/names.ts";
import { type DatasetImage, type PICTURE_NOTES } from "../dataset/manifest.ts";
import { refusalOf, type Refusal } from "../dataset/refusal.ts";
import { encodePng } from "../generator/png.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Candidate } from "./gather-pictures.ts";
import { createLookAlikes, viewsOf } from "./look-alikes.ts";
import type {
  DatasetStage,
  DecodedPicture,
  PictureDecoder,
} from "./ports-dataset.ts";
import type { Progress } from "./ports-progress.ts";

/** A picture that lies in the stage, without its place in the tree. */
export type Taken = Omit<DatasetImage, "leaf">;

/** What came of the candidates. */
export interface TakenPictures {
  readonly images: readonly Taken[];
  readonly refusals: readonly Refusal[];
  /** One sentence on each picture with which something was done that its owner may not expect. */
  readonly remarks: readonly string[];
}

/** Pictures after which memory is given back. */
const RELIEVED_EVERY = 200;

const SIDE = { width: 256, height: 256 };

/** Decodes pictures one after another, leaves out those that repeat an earlier one, and writes the others into the stage. */
export async function takePictures(
  candidates: readonly Candidate[],
  {
    decoder,
    stage,
    progress,
    keepLookAlikes,
    relieve,
  }: {
    readonly decoder: PictureDecoder;
    readonly stage: DatasetStage;
    readonly progress: Progress;
    readonly keepLookAlikes: boolean;
    readonly relieve: () => void;
  },
): Promise<TakenPictures> {
  const images: Taken[] = [];
  const refusals: Refusal[] = [];
  const remarks: string[] = [];
  const nameFor = createNames();
  const byPixels = new Map<Hex, string>();
  const alike = createLookAlikes<Taken>(({ normalised }) =>
    stage.picture(normalised.path),
  );

  const take = async (
    { file, source, rights, ...wish }: Candidate,
    picture: DecodedPicture,
  ): Promise<void> => {
    if (picture.sha256 !== source.sha256) {
      throw new FatalError(
        "picture/changed",
        `\`${file}\` was changed while it was read; run the same command again.`,
      );
    }
    const { rgb, format, width, height, notes } = picture;
    const pixels = toHex(sha256(rgb));
    const twin = byPixels.get(pixels);
    if (twin !== undefined) {
      throw new FatalError(
        "dataset/duplicate",
        `\`${file}\` shows the very pixels of \`${twin}\`; leave one of them.`,
      );
    }
    const views = keepLookAlikes ? undefined : viewsOf(rgb);
    if (views !== undefined) {
      const found = await alike.find(views);
      if (found !== undefined) {
        throw new FatalError(
          "dataset/look-alike",
          `\`${file}\` is ${found.how} \`${found.earlier.source.file}\`; leave one of them, or give --keep-look-alikes.`,
        );
      }
    }
    const name = nameFor([
      ...(wish.name === undefined ? [] : [wish.name]),
      ...(wish.title === undefined ? [] : [wish.title]),
      stemOf(file),
    ]);
    const path = pathOf(name);
    const png = encodePng(rgb, SIDE, { trained: false });
    await stage.write(path, png);
    const taken: Taken = {
      name,
      title: wish.title ?? name,
      source: {
        file,
        sha256: source.sha256,
        bytes: source.bytes,
        format,
        width,
        height,
      },
      normalised: { path, sha256: toHex(sha256(png)), notes: [...notes] },
      ...rights,
    };
    byPixels.set(pixels, file);
    if (views !== undefined) alike.add(taken, views);
    remarks.push(...remarksOn(file, picture));
    images.push(taken);
  };

  // One picture is decoded in its own process while the one before it is compared and packed in this one.
  const decode = (candidate: Candidate | undefined) =>
    candidate === undefined
      ? undefined
      : decoder.decode(candidate.file).then(
          (picture) => ({ picture }),
          (error: unknown) => ({ error }),
        );
  let ahead = decode(candidates[0]);
  for (const [place, candidate] of candidates.entries()) {
    const answer = await ahead;
    ahead = decode(candidates[place + 1]);
    try {
      if (answer === undefined) break;
      if ("error" in answer) throw answer.error;
      await take(candidate, answer.picture);
    } catch (error) {
      // What is not ours, or the disk's, ends the whole; but not before the decoder is idle.
      await ahead;
      if (error instanceof FatalError && error.code.startsWith("files/"))
        throw error;
      refusals.push(refusalOf(candidate.file, error));
    }
    progress.stage("pictures", place + 1, candidates.length);
    if (place % RELIEVED_EVERY === RELIEVED_EVERY - 1) relieve();
  }
  return { images, refusals, remarks };
}

/** What is worth a sentence; the manifest notes the rest. */
const REMARKABLE: Partial<Record<(typeof PICTURE_NOTES)[number], string>> = {
  enlarged: "was enlarged to 256 pixels",
  "laid-on-white": "is partly transparent and was laid on white",
};

const EXTENSIONS: Readonly<Record<DecodedPicture["format"], RegExp>> = {
  png: /\.a?png$/i,
  jpeg: /\.(jpe?g|jfif)$/i,
  webp: /\.webp$/i,
  gif: /\.gif$/i,
};

function remarksOn(file: string, picture: DecodedPicture): string[] {
  const { format, frames, notes } = picture;
  return [
    ...(EXTENSIONS[format].test(file)
      ? []
      : [`is ${format.toUpperCase()} by its content and was taken as that`]),
    ...(frames > 1
      ? [`moves: the first of its ${frames} pictures was taken`]
      : []),
    ...notes.flatMap((note) => REMARKABLE[note] ?? []),
  ].map((words) => `\`${file}\` ${words}.`);
}
