import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { performDaoAct } from "../../offchain/loop/dao-acts.ts";
import { parseAccount } from "../console/dao-options.ts";
import { parseAddress } from "../console/options.ts";
import { actingAccount, tellSent, withDao } from "../dao-work.ts";

/** `npx hardhat delegate --to ADDRESS`: who votes with this account's wrapped works, those of later included. */
export default async function (
  args: {
    readonly to: string | undefined;
    readonly account: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => {
    const to = parseAddress(args.to ?? "nobody");
    const named = parseAccount(args.account);
    return async ({ deps, console, ports }) => {
      const holder = await actingAccount(deps, named);
      const tell = tellSent(
        console,
        deps,
        { holder, to },
        `${to} votes for ${holder}`,
      );
      await performDaoAct({ act: "delegate", holder, to }, ports, tell);
    };
  });
}
