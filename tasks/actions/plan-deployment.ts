import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { planDeployment } from "../../offchain/loop/plan-deployment.ts";
import { composeDeployment } from "../compose/deployments.ts";
import { createConsole, guarded } from "../console/console.ts";
import { planDocument, planLines } from "../console/deployment-report.ts";

/** `npx hardhat plan-deployment`: what a deployment would do, cost and refuse; sends nothing. */
export default async function (
  args: { readonly parameters: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const { parameters } = args;
    const deps = await composeDeployment(hre, { parameters, keys: true });
    try {
      const { accounts, book, destination, file, terms } = deps;
      const [deployer] = accounts;
      if (deployer === undefined)
        throw new FatalError(
          "chain/no-account",
          `No key is configured for \`${destination.name}\`; name the variable of the one that deploys in LOOP_KEYS.`,
        );
      const ports = { chain: deps.plan, build: deps.build };
      const plan = await planDeployment(ports, {
        destination,
        terms,
        file,
        deployer,
        deployed: book.addresses,
      });
      const document = planDocument(deps, plan);
      const { blockSeconds = 12 } = deps.known ?? {};
      console.result(document, () => planLines(document, { blockSeconds }));
    } finally {
      await deps.close();
    }
  });
}
