import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Json } from "../../offchain/kernel/json.ts";
import { listParameters } from "../../offchain/loop/list-parameters.ts";
import { setParameter } from "../../offchain/loop/set-parameter.ts";
import { compose } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parameterLines, plainDocument } from "../console/dao-report.ts";
import { parseParameter } from "../console/parameter-option.ts";
import { withDao } from "../dao-work.ts";
import { forgeTerms } from "../forge-terms.ts";

interface ParameterArguments {
  readonly set: string | undefined;
  readonly recipe: string | undefined;
  readonly size: string | undefined;
  readonly market: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/**
 * `npx hardhat parameters`: the boxes of a DAO's parameters. With `--set NAME=VALUE` it moves one, signed by the configured account whose
 * job it is; the chain refuses everybody else.
 */
export default async function (
  args: ParameterArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  if (args.set === undefined) return show(args, hre);
  const console = createConsole(args);
  await guarded(async () => {
    const change = await parseParameter(args.set, (parents) =>
      forgeTerms(hre, { ...args, parents }),
    );
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const { network } = deps;
      const sent = args.dryRun ? undefined : await setParameter(change, deps);
      const document = {
        network,
        change: change as unknown as Json,
        transaction: sent?.hash ?? null,
        gasUsed: sent?.gasUsed ?? 0,
      };
      console.result(document, () => [
        sent === undefined
          ? `Would set ${args.set} on ${network}; nothing was sent.`
          : `Set ${args.set} on ${network} for ${sent.gasUsed} gas in ${sent.hash}`,
      ]);
    } finally {
      await deps.close();
    }
  });
}

/** Needs no key. */
function show(
  { json }: Pick<ParameterArguments, "json">,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  return withDao(
    hre,
    { json, keys: false },
    () =>
      async ({ deps, console }) => {
        const { network, governance } = deps;
        const list = await listParameters(governance);
        console.result(plainDocument({ network, ...list }), () =>
          parameterLines(list),
        );
      },
  );
}
