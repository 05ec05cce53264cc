import type { Places } from "../offchain/loop/pin-archive.ts";
import { requirePlaces } from "../offchain/loop/pin-archive.ts";
import type { Deps } from "./compose.ts";
import { parsePlaces } from "./console/options.ts";

/**
 * The places of one command, asked for once: those of `--pin`, else the network's.
 * @throws FatalError `options/bad-pin`, `pins/no-key`, `pins/none-configured`.
 */
export async function placesOf(
  deps: Pick<Deps, "chain" | "pins">,
  pin?: string,
): Promise<Places & { readonly names: readonly string[] }> {
  const targets = await requirePlaces({
    chain: deps.chain,
    pins: () => deps.pins(parsePlaces(pin)),
  });
  const names = targets.map(({ name }) => name);
  return { pins: async () => targets, names };
}
