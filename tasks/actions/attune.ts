import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import {
  DIAL_END,
  DIALS,
  unpackAttunement,
  UNTOUCHED,
  type Attunement,
} from "../../offchain/generator/evolution/attunement.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { isHalfDone, perform, type Act } from "../../offchain/loop/acts.ts";
import { compose, type Deps } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseTurning, type Turning } from "../console/evolution-options.ts";
import { parseToken } from "../console/options.ts";
import { requireHolder } from "../holders.ts";

interface AttuneArguments {
  readonly token: string | undefined;
  readonly dial: string | undefined;
  readonly up: boolean;
  readonly down: boolean;
  readonly times: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat attune`: turns a dial of a work of yours, which steers its next epochs. */
export default async function (
  args: AttuneArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const token = parseToken(args.token);
    const turning = parseTurning(args);
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const { network } = deps;
      const holder = await requireHolder(deps, token, "attune");
      const { dial, up, times } = turning;
      const turn = 2 * DIALS.indexOf(dial) + (up ? 1 : 0);
      const acts = Array.from({ length: times }, () => turn);
      const request: Act = {
        kind: "attune",
        token: `${token}`,
        holder,
        acts,
      };
      const now = await dialsOf(deps, token);
      const dials = (await isHalfDone(request, deps))
        ? now
        : turned(now, turning, token);
      const document = { network, token: `${token}`, holder, dials };
      if (args.dryRun) {
        const sent = { transactions: [], gasUsed: 0 };
        console.result({ ...document, ...sent }, () => [
          `Would turn ${dial} of ${token} to ${signed(dials[dial])}; nothing was sent.`,
        ]);
        return;
      }
      await perform(request, deps, async (sent) => {
        const gasUsed = sent.reduce((sum, each) => sum + each.gasUsed, 0);
        const after = await dialsOf(deps, token);
        const transactions = sent.map(({ hash }) => hash);
        console.result(
          { ...document, dials: after, transactions, gasUsed },
          () => [
            `Turned ${dial} of ${token} ${up ? "up" : "down"} ${times === 1 ? "once" : `${times} times`} for ${gasUsed} gas; its dials from the next round on:`,
            ...DIALS.map(
              (name) => `  ${name.padEnd(9)} ${signed(after[name])}`,
            ),
          ],
        );
      });
    } finally {
      await deps.close();
    }
  });
}

/** The dials as the newest act left them. */
async function dialsOf({ chain }: Deps, token: bigint): Promise<Attunement> {
  const acts = await chain.attunedEvents(await chain.height());
  const newest = acts.findLast((act) => act.token === `${token}`);
  return newest === undefined ? UNTOUCHED : unpackAttunement(newest.attunement);
}

/** Checked before the first transaction, so that not half of the turns are made. */
function turned(
  dials: Attunement,
  { dial, up, times }: Turning,
  token: bigint,
): Attunement {
  const value = dials[dial] + (up ? times : -times);
  if (Math.abs(value) <= DIAL_END) return { ...dials, [dial]: value };
  throw new FatalError(
    "attune/at-end",
    `\`${dial}\` of ${token} stands at ${signed(dials[dial])} and turns from -${DIAL_END} to ${DIAL_END}; turn it less, or the other way.`,
  );
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : `${value}`;
}
