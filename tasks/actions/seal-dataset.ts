import { basename } from "node:path";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { sealDataset } from "../../offchain/loop/seal-dataset.ts";
import { composeSealing, dossierTime } from "../compose/datasets.ts";
import { createConsole, guarded } from "../console/console.ts";
import {
  parseDataset,
  parseWords,
  requirePath,
} from "../console/dataset-options.ts";
import { sealDocument, sealLines } from "../console/dataset-report.ts";

interface SealArguments {
  readonly images: string | undefined;
  readonly licences: string | undefined;
  readonly out: string | undefined;
  readonly title: string | undefined;
  readonly by: string | undefined;
  readonly leaveOut: boolean;
  readonly keepLookAlikes: boolean;
  readonly json: boolean;
}

/** `npx hardhat seal-dataset`: with refusals nothing is written, unless --leave-out is given. */
export default async function (args: SealArguments): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const images = requirePath(args.images, "images", "a folder of pictures");
    const licences = requirePath(
      args.licences,
      "licences",
      "the file that says whose the pictures are",
    );
    const out = parseDataset(args.out);
    const { leaveOut, keepLookAlikes } = args;
    const result = await sealDataset(
      composeSealing({ images, licences }, console),
      {
        out,
        title: parseWords(args.title ?? basename(images), "title", 200),
        by: parseWords(args.by ?? "not named", "by", 200),
        time: dossierTime(),
        leaveOut,
        keepLookAlikes,
      },
    );
    const { refusals, manifest, passedOver, remarks } = result;
    for (const remark of remarks) console.note(remark);
    if (passedOver.length > 0)
      console.note(`Passed over, being no pictures: ${passedOver.join(", ")}.`);
    console.result(sealDocument(result, out), () => sealLines(result, out));
    if (manifest === undefined) {
      throw new FatalError(
        "dataset/pictures-refused",
        `${refusals.length} ${refusals.length === 1 ? "picture was" : "pictures were"} refused, so nothing was written; mend them, or give --leave-out to seal without them.`,
      );
    }
    if (manifest.count === 1)
      console.note(
        "One picture makes a dataset, but no model can be tuned on it.",
      );
  });
}
