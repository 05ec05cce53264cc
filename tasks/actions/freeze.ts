import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import {
  isHalfDoneDaoAct,
  performDaoAct,
} from "../../offchain/loop/dao-acts.ts";
import { tellSent, withDao } from "../dao-work.ts";

const FREEZE = { act: "freeze" } as const;

/** `npx hardhat freeze`: the guardian stops the steward, in one transaction; only the DAO lets it go on. */
export default async function (
  args: { readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => async ({ deps, console, ports }) => {
    const { frozen } = await deps.governance.controller();
    if (frozen && !(await isHalfDoneDaoAct(FREEZE, ports)))
      throw new FatalError(
        "dao/frozen",
        "The steward is frozen already; the DAO lets it go on by npx hardhat propose --set unfreeze.",
      );
    const tell = tellSent(
      console,
      deps,
      { frozen: true },
      "Froze the steward; the DAO alone lets it go on (npx hardhat propose --set unfreeze),",
    );
    await performDaoAct(FREEZE, ports, tell);
  });
}
