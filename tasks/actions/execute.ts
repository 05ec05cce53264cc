import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { executeProposal } from "../../offchain/loop/carry-proposal.ts";
import { parseProposal } from "../console/dao-options.ts";
import { tellSent, withDao } from "../dao-work.ts";

/** `npx hardhat execute --proposal ID`. */
export default async function (
  args: { readonly proposal: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => {
    const id = parseProposal(args.proposal);
    return async ({ deps, console, ports }) => {
      const tell = tellSent(console, deps, { proposal: id }, `Executed ${id}`);
      await executeProposal(id, ports, tell);
    };
  });
}
