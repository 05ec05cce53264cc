import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import {
  interruptedWrapping,
  performDaoAct,
} from "../offchain/loop/dao-acts.ts";
import type { GovernanceDeps } from "./compose/governance.ts";
import { parseTokens } from "./console/options.ts";
import { actingAccount, tellSent, withDao } from "./dao-work.ts";
import { requireHolder } from "./holders.ts";

/** Wraps works into votes, or gives them back; one holder's at a time. */
export async function wrapping(
  verb: "wrap" | "unwrap",
  args: { readonly token: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  await withDao(hre, args, () => {
    const tokens = parseTokens(args.token, "--token");
    return async ({ deps, console, ports }) => {
      const works = tokens.map(String);
      const act =
        (await interruptedWrapping(verb, works, ports)) ??
        ({
          act: verb,
          holder: await holderOf(verb, deps, tokens),
          tokens: works,
        } as const);
      const done = verb === "wrap" ? "Wrapped" : "Unwrapped";
      const document = { ...act, act: verb };
      await performDaoAct(
        act,
        ports,
        tellSent(console, deps, document, `${done} ${works.join(", ")}`),
      );
    };
  });
}

/** @throws FatalError `options/bad-tokens`, `wrap/not-yours`, `dao/already-wrapped`, `dao/not-wrapped`, `dao/not-yours`. */
async function holderOf(
  verb: "wrap" | "unwrap",
  deps: GovernanceDeps,
  tokens: readonly bigint[],
): Promise<Hex> {
  const { chain, governance } = deps;
  const holders = new Set<Hex>();
  for (const token of tokens) {
    if (verb === "unwrap") {
      const holder = await governance.holderOf(`${token}`);
      holders.add(await actingAccount(deps, holder));
    } else if ((await chain.ownerOf(token)) === governance.addresses.votes)
      throw new FatalError(
        "dao/already-wrapped",
        `Work \`${token}\` is wrapped already; leave it out, or take it back with npx hardhat unwrap --token ${token}.`,
      );
    else holders.add(await requireHolder(deps, token, "wrap"));
  }
  const [holder] = holders;
  if (holder !== undefined && holders.size === 1) return holder;
  throw new FatalError(
    "options/bad-tokens",
    `The works belong to ${holders.size} accounts; give --token those of one.`,
  );
}
