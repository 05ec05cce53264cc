import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { checkDeployment } from "../../offchain/loop/check-deployment.ts";
import { composeDeployment } from "../compose/deployments.ts";
import { requireAll } from "../address-book.ts";
import { createConsole, guarded } from "../console/console.ts";
import {
  checkDocument,
  checkLines,
  daoNames,
} from "../console/deployment-report.ts";

/** `npx hardhat check-deployment`: what is on the chain against this build and the parameters; needs no key. */
export default async function (
  args: { readonly parameters: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const { parameters } = args;
    const deps = await composeDeployment(hre, { parameters, keys: false });
    try {
      const { book, destination, terms, build } = deps;
      const { addresses, deployer } = requireAll(book, destination.name);
      const founded = book.proof === undefined ? undefined : book.dao;
      const chain = await deps.deployed(addresses.RecipeRegistry);
      const check = await checkDeployment(
        { chain, build },
        { at: addresses, terms, deployer, dao: founded },
      );
      if (book.dao !== undefined && founded === undefined)
        console.note(
          "A DAO was deployed and has not taken over yet: see ignition/dao/README.md.",
        );
      const document = checkDocument(
        deps,
        { ...addresses, ...daoNames(founded) },
        check,
      );
      for (const note of check.notes) console.note(note);
      console.result(document, () => checkLines(check, document));
      const { length } = check.findings;
      if (length > 0)
        throw new FatalError(
          "deploy/check-failed",
          `${length} ${length === 1 ? "thing is" : "things are"} not as ${deps.file} says (${[...new Set(check.findings.map(({ kind }) => kind))].join(", ")}); ${founded === undefined ? "if somebody moved them on purpose, write that into the file, else deploy anew" : "look at who did it: from here on the DAO puts things right, by vote"}.`,
        );
    } finally {
      await deps.close();
    }
  });
}
