import { canonicalJson } from "../../offchain/kernel/json.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { LEAF_ENCODING } from "../../offchain/dataset/tree.ts";
import { provePicture } from "../../offchain/loop/prove-picture.ts";
import { composeDatasets, fileIfThere } from "../compose/datasets.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseDataset } from "../console/dataset-options.ts";

/** The words of a leaf in their order; each is a sha-256. */
const LEAF_WORDS = [
  "source file",
  "licence",
  "rights holder",
  "origin",
  "consent",
];

/** `npx hardhat dataset-proof`: reads files only; no chain is asked. */
export default async function (args: {
  readonly dataset: string | undefined;
  readonly image: string | undefined;
  readonly json: boolean;
}): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    if (args.image === undefined) {
      throw new FatalError(
        "options/missing",
        "The option --image is missing; give the name of a picture, or its file.",
      );
    }
    const proved = await provePicture(
      { datasets: composeDatasets(), source: fileIfThere },
      { directory: parseDataset(args.dataset), image: args.image },
    );
    const { image, inclusion, root, title, byBytes } = proved;
    const { leaf, fields, proof } = inclusion;
    const said = [
      image.source.file,
      canonicalJson(image.licence),
      image.rightsHolder,
      image.origin,
      canonicalJson(image.consent as Parameters<typeof canonicalJson>[0]),
    ];
    const described = LEAF_WORDS.flatMap((word, i) => [
      `${word.padEnd(14)} ${fields[i] ?? ""}`,
      `${"".padEnd(14)} of ${said[i] ?? ""}`,
    ]);
    console.result(
      {
        proved: true,
        name: image.name,
        root,
        leaf,
        leafEncoding: LEAF_ENCODING,
        fields,
        proof,
      },
      () => [
        `${image.name} is in ${title}${byBytes ? ", by the bytes of its file" : ""}.`,
        `Root  ${root}`,
        `Leaf  ${leaf}`,
        "",
        ...described,
        "",
        proof.length === 0
          ? "The leaf is the root: no proof is needed."
          : "Proof, from the leaf up:",
        ...proof.map((word) => `  ${word}`),
      ],
    );
  });
}
