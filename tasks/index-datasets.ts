import { task } from "hardhat/config";

import { json, text } from "./console/arguments.ts";

const dataset = text("dataset", "A sealed dataset (default out/dataset)");

/** The verbs of datasets; none of them needs a chain. */
export const sealing = [
  task(
    "seal-dataset",
    "Seal a folder of licensed pictures: every one with its rights and consent, or refused by name",
  )
    .addOption(text("images", "Folder of pictures: PNG, JPEG, WebP, GIF"))
    .addOption(
      text(
        "licences",
        "Licences file, JSON or CSV: licence, rights holder, origin and consent of each picture, or of all",
      ),
    )
    .addOption(text("out", "Folder for the dataset (default out/dataset)"))
    .addOption(
      text(
        "title",
        "Title of the dataset (default: the licences file's, or the folder's name)",
      ),
    )
    .addOption(
      text(
        "by",
        "Who chose the pictures, for the dossier (default: the licences file's curator)",
      ),
    )
    .addFlag({
      name: "leaveOut",
      description:
        "Seal without the pictures that are refused, instead of sealing nothing",
    })
    .addFlag({
      name: "keepLookAlikes",
      description: "Keep pictures that look like others of the folder",
    })
    .addFlag(json)
    .setAction(() => import("./actions/seal-dataset.ts"))
    .build(),
  task(
    "dataset-proof",
    "Prove that one picture is in a dataset, and in which words",
  )
    .addOption(dataset)
    .addOption(
      text("image", "Name of the picture, or the very file that was sealed"),
    )
    .addFlag(json)
    .setAction(() => import("./actions/dataset-proof.ts"))
    .build(),
  task(
    "dossier",
    "Check a dataset's dossier of authorship, write one more act into it, or export it",
  )
    .addOption(dataset)
    .addOption(text("add", "What was chosen or done, in a sentence"))
    .addOption(text("by", "Who did it; needed with --add"))
    .addOption(text("act", "What it was, in a word or two (default noted)"))
    .addOption(
      text(
        "export",
        "File for people to read, such as dossier.md; a .json for programs lies beside it",
      ),
    )
    .addFlag(json)
    .setAction(() => import("./actions/dossier.ts"))
    .build(),
];
