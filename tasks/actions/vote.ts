import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { castVote } from "../../offchain/loop/carry-proposal.ts";
import { whichProposal } from "../../offchain/loop/which-proposal.ts";
import {
  parseAccount,
  parseProposal,
  parseReason,
  parseSupport,
} from "../console/dao-options.ts";
import { actingAccount, tellSent, withDao } from "../dao-work.ts";

/** `npx hardhat vote --proposal ID --support for`. */
export default async function (
  args: {
    readonly proposal: string | undefined;
    readonly support: string | undefined;
    readonly reason: string | undefined;
    readonly account: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => {
    const digits = parseProposal(args.proposal);
    const support = parseSupport(args.support);
    const reason = parseReason(args.reason);
    const named = parseAccount(args.account);
    return async ({ deps, console, ports }) => {
      const id = await whichProposal(digits, ports.governance);
      const voter = await actingAccount(deps, named);
      const tell = tellSent(
        console,
        deps,
        { proposal: id, voter, support },
        `${voter} voted ${support} on ${id}`,
      );
      await castVote({ act: "vote", voter, id, support, reason }, ports, tell);
    };
  });
}
