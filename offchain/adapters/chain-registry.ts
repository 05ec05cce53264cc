import type { Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type {
  Chain,
  RegisteredDataset,
  RegisteredRecipe,
} from "../loop/chain.ts";
import { REGISTRY } from "./chain-abi.ts";
import type { ChainContext } from "./chain-context.ts";
import { safe } from "./chain-events.ts";
import type { Signer } from "./chain-jobs.ts";
import { toMined } from "./chain-send.ts";

/** Entries asked for in one call. */
const PAGE = 200;

const REGISTRAR: Signer = { jobs: ["registrar"] };
const REVOKER: Signer = { jobs: ["guardian", "registrar"] };
const NONE = /^0x0{64}$/;

type Registry = Pick<
  Chain,
  | "registerRecipe"
  | "revokeRecipe"
  | "registerDataset"
  | "revokeDataset"
  | "recipes"
  | "datasets"
  | "provesInclusion"
>;

/** What a chain knows of recipes, and of the datasets that they were made from. */
export function createRegistry({
  call,
  send,
}: Pick<ChainContext, "call" | "send">): Registry {
  /** Every entry of one of the registry's lists, with its number. */
  const all = async <T>(
    views: { readonly count: string; readonly list: string },
    read: (entry: Result, number: number) => T,
  ): Promise<T[]> => {
    const count = safe((await call(REGISTRY, views.count))[0]);
    const found: T[] = [];
    for (let first = 1; first <= count; first += PAGE) {
      const [page] = (await call(REGISTRY, views.list, [
        first,
        PAGE,
      ])) as unknown as [Result[]];
      for (const [i, entry] of page.entries())
        found.push(read(entry, first + i));
    }
    return found;
  };

  return {
    registerRecipe: async (id, { dataset, ...once }) =>
      toMined(
        dataset === undefined
          ? await send(REGISTRAR, REGISTRY, "register", [id], once)
          : await send(
              REGISTRAR,
              REGISTRY,
              "registerWithDataset",
              [id, dataset],
              once,
            ),
      ),
    revokeRecipe: async (id, once) =>
      toMined(await send(REVOKER, REGISTRY, "revoke", [id], once)),
    registerDataset: async (root, once) =>
      toMined(await send(REGISTRAR, REGISTRY, "registerDataset", [root], once)),
    revokeDataset: async (root, once) =>
      toMined(await send(REVOKER, REGISTRY, "revokeDataset", [root], once)),
    recipes: () => all({ count: "count", list: "list" }, toRecipe),
    datasets: () =>
      all({ count: "totalDatasets", list: "listDatasets" }, toDataset),
    async provesInclusion(root, leaf, proof) {
      const [proven] = await call(REGISTRY, "provesPicture", [
        root,
        leaf,
        proof,
      ]);
      return proven === true;
    },
  };
}

function toRecipe(entry: Result, number: number): RegisteredRecipe {
  const root = entry["dataset"] as Hex;
  const revoked = Boolean(entry["datasetRevoked"]);
  return {
    id: entry["id"] as Hex,
    number,
    revoked: Boolean(entry["revoked"]),
    ...(NONE.test(root) ? {} : { dataset: { root, revoked } }),
  };
}

function toDataset(entry: Result, number: number): RegisteredDataset {
  const root = entry["root"] as Hex;
  return { root, number, revoked: Boolean(entry["revoked"]) };
}
