import { basename, join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import {
  planProposal,
  reasonsOf,
  sendProposal,
  type ProposalPlan,
} from "../../offchain/loop/propose.ts";
import { readProposalText } from "../../offchain/loop/proposal-text.ts";
import type { GovernanceDeps } from "../compose/governance.ts";
import { parseChanges, type TypedChange } from "../console/change-option.ts";
import { parseAccount } from "../console/dao-options.ts";
import { callLines, plainDocument } from "../console/dao-report.ts";
import { parseFolder } from "../console/options.ts";
import { heldLines } from "../console/table.ts";
import { actingAccount, withDao } from "../dao-work.ts";
import { forgeTerms } from "../forge-terms.ts";
import { placesOf } from "../places.ts";

interface ProposeArguments {
  readonly set: string | undefined;
  readonly because: string | undefined;
  readonly account: string | undefined;
  readonly market: string | undefined;
  readonly size: string | undefined;
  readonly out: string | undefined;
  readonly pin: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat propose --set royalty=7.5% --because FILE`: makes the calls, shows them, tries them, publishes the reasons, proposes. */
export default async function (
  args: ProposeArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, { json: args.json, send: !args.dryRun }, () => {
    const typed = parseChanges(args.set);
    const because = args.because;
    if (because === undefined)
      throw new FatalError(
        "options/no-reasons",
        "A proposal needs reasons; give --because a text file whose first line is the title.",
      );
    const named = parseAccount(args.account);
    const out = parseFolder(args.out);
    return async ({ deps, console, ports }) => {
      const bytes = await deps.artefacts.read(parseFolder(because));
      const text = readProposalText(bytes, basename(because));
      const proposer = await actingAccount(deps, named);
      const plan = await makePlan(hre, args, deps, { typed, text, proposer });
      const { network } = deps;
      const told = plainDocument({ network, ...plan }) as object;
      if (args.dryRun) {
        console.result({ dryRun: true, ...told }, () => [
          ...planLines(plan),
          `Nothing was sent on ${network}.`,
        ]);
        return;
      }
      // Whoever stops it here has sent nothing.
      for (const line of planLines(plan)) console.note(line);
      const places = await placesOf(deps, args.pin);
      await deps.artefacts.prepare(out);
      const car = join(out, `reasons-${plan.reasonsHash.slice(2, 10)}.car`);
      await sendProposal(plan, { ...ports, ...places }, car, (proposed) => {
        const { id, hash: transaction, gasUsed, reasons } = proposed;
        console.result(
          { ...told, id, transaction, gasUsed, published: reasons },
          () => [
            `Proposed ${id} for ${gasUsed} gas in ${transaction}`,
            `Reasons  ipfs://${reasons.cid}`,
            ...heldLines(reasons.pins),
            `See it with npx hardhat proposals --proposal ${id}`,
          ],
        );
        return Promise.resolve();
      });
    };
  });
}

async function makePlan(
  hre: HardhatRuntimeEnvironment,
  { market, size }: Pick<ProposeArguments, "market" | "size">,
  deps: GovernanceDeps,
  {
    typed,
    ...request
  }: {
    readonly typed: readonly TypedChange[];
    readonly text: ReturnType<typeof readProposalText>;
    readonly proposer: Awaited<ReturnType<typeof actingAccount>>;
  },
): Promise<ProposalPlan> {
  const { chain, governance } = deps;
  const controller = await governance.controller();
  const context = {
    controller,
    terms: await governance.terms(),
    now: await governance.now(),
    forge: async (named: string | undefined) => {
      const options = { parents: 0, recipe: named, size, market };
      const { recipe, conditions } = await forgeTerms(
        hre,
        options,
        await chain.termsInForce(),
      );
      return { recipe, conditions };
    },
  };
  const changes = await Promise.all(typed.map((change) => change(context)));
  const { chainId, collection } = await chain.instance();
  const asked = { ...request, changes };
  const reasons = reasonsOf(asked, { chainId, collection, controller });
  return planProposal({ ...asked, reasons }, deps);
}

function planLines({
  decoded,
  description,
  proposer,
  votes,
  threshold,
}: ProposalPlan): string[] {
  return [
    ...description.split("\n"),
    "",
    `What it does, tried on the chain as it is now:`,
    ...callLines(decoded),
    `Proposed by ${proposer}, who has ${votes} votes; ${threshold} are needed.`,
  ];
}
