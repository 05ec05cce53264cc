import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { createHttpExplainer } from "../../offchain/adapters/explainer-http.ts";
import { governanceCodec } from "../../offchain/adapters/governance-codec.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import type { Json } from "../../offchain/kernel/json.ts";
import type { Explainer } from "../../offchain/loop/ports-explainer.ts";
import type { Progress } from "../../offchain/loop/ports-progress.ts";
import type { Places } from "../../offchain/loop/pin-archive.ts";
import type { StewardPorts } from "../../offchain/loop/steward-ports.ts";
import { stewardRequest } from "../../offchain/loop/steward-runs.ts";
import { stewardRound } from "../../offchain/loop/steward.ts";
import type { OwnSale } from "../../offchain/market/reading.ts";
import { policyNamed } from "../../offchain/steward/policies.ts";
import type { Deps } from "../compose.ts";
import type { GovernanceDeps } from "./governance.ts";
import { readSecret } from "./secrets.ts";

/** Where an explainer's key is found; one on this machine needs none. */
const KEY = "LOOP_EXPLAINER_KEY";

/** How one look goes about it. */
interface LookOptions {
  readonly progress: Progress;
  readonly places: Places;
  /** Folder for the archives of reasons. */
  readonly out: string;
}

/** The language model of `--explain-with`. @throws FatalError `explainer/bad-url`. */
export async function explainerOf(
  hre: HardhatRuntimeEnvironment,
  named: { readonly url: string; readonly model: string },
): Promise<Explainer> {
  return createHttpExplainer({ ...named, key: await readSecret(hre, KEY) });
}

/** The collection's own sales, as far as they are settled. @throws FatalError `steward/no-sales`: none is not the same as unread. */
export function salesOf({
  ask,
  governance,
}: Pick<GovernanceDeps, "ask" | "governance">): StewardPorts["sales"] {
  return async (): Promise<readonly OwnSale[]> => {
    const at = await governance.now();
    const [reading] = await ask({ names: ["own-sales"], at });
    if (reading !== undefined && "code" in reading)
      throw new FatalError("steward/no-sales", reading.why);
    return reading?.kind === "sales" ? reading.sales : [];
  };
}

/** What a look of the steward needs. */
export function stewardPortsOf(
  deps: GovernanceDeps,
  { progress, places, out }: LookOptions,
): StewardPorts {
  return {
    ...deps,
    ...places,
    progress,
    sales: salesOf(deps),
    policy: policyNamed,
    car: (reasons) => join(out, `reasons-${reasons.slice(2, 10)}.car`),
  };
}

/** Goes on with an interrupted look. */
export async function finishLook(
  deps: Deps,
  input: Json,
  { progress, out }: Omit<LookOptions, "places">,
): Promise<void> {
  const governance = await deps.governance({ progress, send: true });
  const wired = { ...deps, governance, codec: governanceCodec };
  await deps.artefacts.prepare(out);
  const places = { pins: () => deps.pins() };
  const ports = stewardPortsOf(wired, { progress, places, out });
  await stewardRound(stewardRequest(input), ports);
}
