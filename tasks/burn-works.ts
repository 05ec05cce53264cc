import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import { burn, type Burning } from "../offchain/loop/burn.ts";
import type { Deps } from "./compose.ts";
import type { Console } from "./console/console.ts";
import { requireHolder } from "./holders.ts";

/**
 * The holder of each work: all of them must exist, be free and be ours before anything is destroyed.
 * @throws FatalError `burn/locked` for a work that waits for its child, `burn/not-yours` for one whose holder's key is not here.
 */
export async function holdersOf(
  deps: Deps,
  tokens: readonly bigint[],
): Promise<Hex[]> {
  const holders: Hex[] = [];
  for (const token of tokens) {
    const child = await deps.chain.lockOf(token);
    if (child !== 0)
      throw new FatalError(
        "burn/locked",
        `Work \`${token}\` is locked for child ${child}; wait until that is sealed or abandoned.`,
      );
    holders.push(await requireHolder(deps, token, "burn"));
  }
  return holders;
}

/** Burns works, or says what it would burn. `holders` stand in the order of the works. */
export async function burnAll(
  deps: Deps,
  console: Console,
  {
    tokens,
    holders,
    dryRun,
  }: {
    readonly tokens: readonly bigint[];
    readonly holders: readonly Hex[];
    readonly dryRun: boolean;
  },
): Promise<void> {
  const works = tokens.map((token, i) => ({
    token: `${token}`,
    holder: holders[i] as Hex,
  }));
  if (dryRun) {
    console.result({ network: deps.network, wouldBurn: works }, () => [
      `Would burn ${works.length} works on ${deps.network}; nothing was sent.`,
    ]);
    return;
  }
  await sendBurns(deps, console, works);
}

/** Burns works and tells the result; goes on with an interrupted run of the same ones. */
export async function sendBurns(
  deps: Deps,
  console: Console,
  works: readonly Burning[],
): Promise<void> {
  await burn(works, { ...deps, progress: console }, (burned) => {
    console.result({ network: deps.network, burned }, () =>
      burned.map(
        ({ tokenId, gasUsed, hash }) =>
          `Burned ${tokenId} for ${gasUsed} gas in ${hash}`,
      ),
    );
    return Promise.resolve();
  });
}
