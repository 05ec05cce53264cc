import { judgeClaim, matchClaims, type Rights } from "../dataset/claims.ts";
import type { LicencesFile } from "../dataset/licences-file.ts";
import type { Refusal } from "../dataset/refusal.ts";
import { refusalOf } from "../dataset/refusal.ts";
import { words } from "../dataset/schema.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Progress } from "./ports-progress.ts";
import type { PictureFolder, SourceFile } from "./ports-dataset.ts";

/** A file that may be trained on, by what its licences file says; nobody has decoded it yet. */
export interface Candidate {
  readonly file: string;
  readonly source: SourceFile;
  readonly rights: Rights;
  readonly title: string | undefined;
  readonly name: string | undefined;
}

/** What a folder holds, before a pixel is looked at. */
export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly refusals: readonly Refusal[];
  /** Files that are no pictures and that nobody called some. */
  readonly passedOver: readonly string[];
  /** Licence texts by sha-256. */
  readonly texts: ReadonlyMap<Hex, Uint8Array>;
}

/** Extensions that say "this is a picture": such a file is refused by name, where a README is passed over. */
const PICTURES =
  /\.(png|apng|jpe?g|jfif|jp2|jxl|webp|gif|svgz?|tiff?|avif|hei[cf]|bmp|ico|psd|exr|raw|dng|cr[23]|nef|arw)$/i;

/**
 * Looks at every file of a folder and judges what the licences file says of it. Files come in the order of their names.
 * @throws FatalError `files/*` if the folder itself cannot be read.
 */
export async function gatherPictures(
  folder: PictureFolder,
  licences: LicencesFile,
  {
    licencesName,
    progress,
  }: {
    readonly licencesName: string | undefined;
    readonly progress: Progress;
  },
): Promise<Gathered> {
  const entries = (await folder.list()).filter(
    ({ name }) => !name.startsWith(".") && name !== licencesName,
  );
  const claims = matchClaims(
    licences,
    new Set(entries.map(({ name }) => name)),
  );
  const listed = new Set(licences.images?.map(({ file }) => file));
  const refused = new Map(claims.refusals.map((each) => [each.file, each]));
  const passedOver: string[] = [];
  const candidates: Candidate[] = [];
  const texts = new Map<Hex, Uint8Array>();
  const byPath = new Map<string, Promise<Hex>>();
  const bySource = new Map<Hex, string>();

  const textOf = (path: string): Promise<Hex> => {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const reading = folder.licenceText(path).then((bytes) => {
      const hash = toHex(sha256(bytes));
      texts.set(hash, bytes);
      return hash;
    });
    byPath.set(path, reading);
    return reading;
  };
  const gather = async (file: string): Promise<void> => {
    const source = await folder.look(file);
    if (source.looks === undefined && !PICTURES.test(file) && !listed.has(file))
      return void passedOver.push(file);
    if (!words(255).safeParse(file).success) {
      throw new FatalError(
        "picture/bad-name",
        `\`${JSON.stringify(file)}\` is a name with invisible characters; rename the file.`,
      );
    }
    const earlier = bySource.get(source.sha256);
    if (earlier !== undefined) {
      throw new FatalError(
        "dataset/duplicate",
        `\`${file}\` is \`${earlier}\` again, byte for byte; leave one of them.`,
      );
    }
    const claim = claims.of(file);
    const licence = claim?.licence;
    const text =
      typeof licence === "object" ? await textOf(licence.text) : undefined;
    const rights = judgeClaim(file, claim, text);
    bySource.set(source.sha256, file);
    const { title, name } = claim ?? {};
    candidates.push({ file, source, rights, title, name });
  };

  for (const [place, { name: file, kind }] of entries.entries()) {
    progress.stage("licences", place + 1, entries.length);
    if (refused.has(file)) continue;
    try {
      if (kind === "file") await gather(file);
      else {
        throw new FatalError(
          "picture/not-a-file",
          `\`${file}\` is ${kind === "other" ? "no plain file" : `a ${kind}`}; put the picture itself into the folder.`,
        );
      }
    } catch (error) {
      refused.set(file, refusalOf(file, error));
    }
  }
  return { candidates, refusals: [...refused.values()], passedOver, texts };
}
