import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { cancelProposal } from "../../offchain/loop/carry-proposal.ts";
import { whichProposal } from "../../offchain/loop/which-proposal.ts";
import { parseAccount, parseProposal } from "../console/dao-options.ts";
import { actingAccount, tellSent, withDao } from "../dao-work.ts";

/** `npx hardhat cancel --proposal ID`: takes a proposal back, in the timelock too. */
export default async function (
  args: {
    readonly proposal: string | undefined;
    readonly account: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => {
    const digits = parseProposal(args.proposal);
    const named = parseAccount(args.account);
    return async ({ deps, console, ports }) => {
      const id = await whichProposal(digits, ports.governance);
      const account = await actingAccount(deps, named);
      const tell = tellSent(
        console,
        deps,
        { proposal: id, account },
        `Took back ${id}`,
      );
      await cancelProposal({ id, account }, ports, tell);
    };
  });
}
