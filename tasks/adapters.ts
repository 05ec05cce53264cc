import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type {
  AdapterKind,
  AdapterView,
  OracleView,
} from "../offchain/loop/chain.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import { setParameter } from "../offchain/loop/set-parameter.ts";
import type { Deps } from "./compose.ts";

const NOBODY: Hex = `0x${"00".repeat(20)}`;

/** What stands in front of an oracle on a development chain unless told otherwise, and behind every other adapter anywhere. */
const EMBEDDED = "signed-reporters";

/** An adapter that rounds can be brought through. */
export type NamedAdapter = AdapterView & { readonly kind: AdapterKind };

/**
 * The adapter that rounds are brought through: of the wanted kind, or the active one. A development chain's is deployed and named on the
 * spot by its admin, with the signed reporters as fallback; elsewhere that is the admin's decision.
 * @returns undefined where it would have to be deployed and nothing may be sent.
 * @throws FatalError `oracle/no-adapter`, `oracle/other-adapter`.
 */
export async function requireAdapter(
  deps: Deps,
  wanted: AdapterKind | undefined,
  { progress, send }: { readonly progress: Progress; readonly send: boolean },
): Promise<NamedAdapter | undefined> {
  const { chain } = deps;
  // Nothing was named by a command that must not send.
  if ((await chain.epochs()).oracle === undefined) return undefined;
  const view = await chain.oracleView();
  const { development } = await chain.instance();
  if (!development) return named(deps, view, wanted);

  const kind = wanted ?? known(view.active)?.kind ?? EMBEDDED;
  const behind = kind === EMBEDDED || view.fallback?.kind === EMBEDDED;
  const active = known(view.active);
  if (active?.kind === kind && (behind || wanted === undefined)) return active;
  if (!send) return undefined;
  const address = await deps.deployAdapter(kind);
  const fallback =
    kind === EMBEDDED ? NOBODY : await deps.deployAdapter(EMBEDDED);
  const change = { name: "adapters", active: address, fallback } as const;
  await setParameter(change, deps);
  progress.note(
    `Named ${address} (${kind}) as the adapter of this local chain's oracle${fallback === NOBODY ? "" : ", signed reporters as its fallback"}.`,
  );
  return { address, kind };
}

function named(
  { network }: Pick<Deps, "network">,
  { active, fallback }: OracleView,
  wanted: AdapterKind | undefined,
): NamedAdapter {
  if (active === undefined && fallback === undefined)
    throw new FatalError(
      "oracle/no-adapter",
      `The oracle on \`${network}\` hears nobody yet; the admin names whom: npx hardhat parameters --set adapters=ACTIVE,FALLBACK --network ${network}`,
    );
  const found =
    wanted === undefined
      ? known(active)
      : [known(active), known(fallback)].find((each) => each?.kind === wanted);
  if (found !== undefined) return found;
  throw new FatalError(
    "oracle/other-adapter",
    `The oracle on \`${network}\` hears \`${told(active)}\`, or \`${told(fallback)}\` while that is stale, and not ${wanted ?? "an adapter of ours"}; give --adapter with one that it hears.`,
  );
}

/** An adapter as long as it is one of ours. */
function known(adapter: AdapterView | undefined): NamedAdapter | undefined {
  if (adapter === undefined || adapter.kind === "unknown") return undefined;
  return { address: adapter.address, kind: adapter.kind };
}

function told(adapter: AdapterView | undefined): string {
  return adapter === undefined ? "nobody" : adapter.kind;
}
