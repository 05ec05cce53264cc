import { resolve } from "node:path";

import {
  dossierDocument,
  dossierMarkdown,
} from "../../offchain/dataset/dossier-text.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { canonicalJson } from "../../offchain/kernel/json.ts";
import { openDossier, recordAct } from "../../offchain/loop/record-act.ts";
import {
  composeDatasets,
  composeFiles,
  dossierTime,
} from "../compose/datasets.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseDataset, parseWords } from "../console/dataset-options.ts";

interface DossierArguments {
  readonly dataset: string | undefined;
  readonly add: string | undefined;
  readonly by: string | undefined;
  readonly act: string | undefined;
  readonly export: string | undefined;
  readonly json: boolean;
}

/** `npx hardhat dossier`: follows the chain, whatever else it is asked to do. */
export default async function (args: DossierArguments): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const directory = parseDataset(args.dataset);
    const datasets = composeDatasets();
    if (args.add !== undefined && args.by === undefined) {
      throw new FatalError(
        "options/missing",
        "The option --by is missing; say whose act it was.",
      );
    }
    const { manifest, dossier } =
      args.add === undefined
        ? await openDossier(datasets, directory)
        : await recordAct(datasets, directory, {
            time: dossierTime(),
            who: parseWords(args.by ?? "", "by", 200),
            act: args.act ?? "noted",
            words: parseWords(args.add, "add", 8_000),
          });
    const document = dossierDocument(manifest, dossier);
    const written: string[] = [];
    if (args.export !== undefined) {
      const path = resolve(args.export).replace(/\.(md|json)$/i, "");
      const files = composeFiles();
      await files.write(`${path}.md`, dossierMarkdown(manifest, dossier));
      await files.write(`${path}.json`, `${canonicalJson(document)}\n`);
      written.push(`${path}.md`, `${path}.json`);
    }
    const { entries, head } = dossier;
    console.result(document, () => [
      `${manifest.title}: ${entries.length} ${entries.length === 1 ? "act" : "acts"}, and the chain holds.`,
      `Last entry  ${head}`,
      "",
      ...entries.map(
        ({ time, who, act, words }, i) =>
          `${i + 1}. ${time}  ${who}, ${act}: ${words.length > 160 ? `${words.slice(0, 159)}…` : words}`,
      ),
      ...written.map((path) => `Written: ${path}`),
    ]);
  });
}
