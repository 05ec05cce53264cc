import {
  parseProofs,
  proofsOf,
  PROOFS,
  type Inclusion,
} from "../dataset/proofs.ts";
import { placeOf, type DatasetImage } from "../dataset/manifest.ts";
import { verifyProof } from "../dataset/tree.ts";
import { canonicalJson } from "../kernel/json.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Datasets } from "./ports-dataset.ts";

/** A picture that was proved to be in a dataset. */
export interface ProvedPicture {
  readonly title: string;
  readonly root: Hex;
  readonly image: DatasetImage;
  readonly inclusion: Inclusion;
  /** Whether the bytes of the picture's source were hashed here, or only its name was given. */
  readonly byBytes: boolean;
}

/**
 * Proves that one picture is in a dataset: what the manifest says of it is hashed to its leaf, and the leaf to the root. The proof that
 * lies beside the manifest must be the same; the picture's own file must be whole.
 * @param image its name, or a file by its path (`source` reads it; undefined if there is none).
 * @throws FatalError `dataset/no-such-picture`, `dataset/not-proved`, `dataset/*`, `files/*`
 */
export async function provePicture(
  {
    datasets,
    source,
  }: {
    readonly datasets: Datasets;
    readonly source: (path: string) => Promise<Uint8Array | undefined>;
  },
  { directory, image }: { readonly directory: string; readonly image: string },
): Promise<ProvedPicture> {
  const dataset = await datasets.open(directory);
  const { manifest } = dataset;
  const { images, root, title } = manifest;
  const named = images.some(({ name }) => name === image);
  const bytes = named ? undefined : await source(image);
  const hash = bytes && toHex(sha256(bytes));
  const found = images.findIndex((each) => each.source.sha256 === hash);
  if (hash !== undefined && found < 0) {
    throw new FatalError(
      "dataset/no-such-picture",
      `\`${image}\` (sha-256 ${hash}) is no picture of \`${title}\`; it must be the very file that was sealed.`,
    );
  }
  const place = hash === undefined ? placeOf(manifest, image) : found;
  const inclusion = proofsOf(manifest)[place] as Inclusion;
  const stored = parseProofs(await datasets.read(directory, PROOFS)).proofs[
    place
  ];
  const same =
    stored !== undefined &&
    canonicalJson(stored) ===
      canonicalJson({
        ...inclusion,
        fields: [...inclusion.fields],
        proof: [...inclusion.proof],
      });
  if (!same || !verifyProof(root, inclusion.fields, inclusion.proof)) {
    throw new FatalError(
      "dataset/not-proved",
      `\`${inclusion.name}\` has a proof in ${PROOFS} that does not lead to the root; restore the file, or seal the pictures again.`,
    );
  }
  await dataset.picture(place);
  return {
    title,
    root,
    image: images[place] as DatasetImage,
    inclusion,
    byBytes: hash !== undefined,
  };
}
