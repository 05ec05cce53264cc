import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { listProposals } from "../../offchain/loop/list-proposals.ts";
import { whichProposal } from "../../offchain/loop/which-proposal.ts";
import { parseProposal } from "../console/dao-options.ts";
import { plainDocument, proposalLines } from "../console/dao-report.ts";
import { withDao } from "../dao-work.ts";

/** `npx hardhat proposals`: every proposal, each call in words, what is odd about it, and what to do next. Needs no key. */
export default async function (
  args: { readonly proposal: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, { ...args, keys: false }, () => {
    const digits =
      args.proposal === undefined ? undefined : parseProposal(args.proposal);
    return async ({ deps, console }) => {
      const { network, governance } = deps;
      const id =
        digits === undefined
          ? undefined
          : await whichProposal(digits, governance);
      const proposals = await listProposals(deps, id);
      console.result(plainDocument({ network, proposals }), () => [
        ...proposalLines(proposals, network),
        ...(id === undefined ? [] : ["", proposals[0]?.body ?? ""]),
      ]);
    };
  });
}
