import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { queueProposal } from "../../offchain/loop/carry-proposal.ts";
import { whichProposal } from "../../offchain/loop/which-proposal.ts";
import { parseProposal } from "../console/dao-options.ts";
import { tellSent, withDao } from "../dao-work.ts";

/** `npx hardhat queue --proposal ID`. */
export default async function (
  args: { readonly proposal: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => {
    const digits = parseProposal(args.proposal);
    return async ({ deps, console, ports }) => {
      const id = await whichProposal(digits, ports.governance);
      const tell = tellSent(console, deps, { proposal: id }, `Queued ${id}`);
      await queueProposal(id, ports, tell);
    };
  });
}
