import type { Chain } from "../loop/chain.ts";
import { COLLECTION } from "./chain-abi.ts";
import { createContext, type ChainOptions } from "./chain-context.ts";
import { createEpochs } from "./chain-epochs.ts";
import { toOpened, toSealed, topicOf } from "./chain-events.ts";
import { createEvolving } from "./chain-evolving.ts";
import type { Signer } from "./chain-jobs.ts";
import { createOracles } from "./chain-oracle.ts";
import { parameterCall } from "./chain-parameters.ts";
import { createReads } from "./chain-reads.ts";
import { createRegistry } from "./chain-registry.ts";
import { logOf, toMined } from "./chain-send.ts";
import { createViews } from "./chain-views.ts";
import type { Receipt } from "./fate-ethers.ts";

export type { ChainOptions } from "./chain-context.ts";

/** The {@link Chain} port over JSON-RPC, with ethers for signing and encoding. */
export function createChain(options: ChainOptions): Chain {
  const base = createContext(options);
  const { collection, instance, signers, send } = base;
  const operator: Signer = { jobs: ["operator"] };
  const opened = (receipt: Receipt) => ({
    ...toMined(receipt),
    opened: toOpened(logOf(receipt, collection, topicOf("Opened"))),
  });

  return {
    ...createReads({ ...base, chance: options.chance }),
    ...createViews(base),
    ...createEpochs(base),
    ...createEvolving(base),
    ...createOracles(base),
    ...createRegistry(base),
    instance,
    account: options.wallets?.first.address,
    signsFor: (account) => signers.has({ account }),
    signsAs: (job) => signers.has({ jobs: [job] }),
    async openBatch({ to, recipe, count, conditions, royalty }, once) {
      const name = royalty === undefined ? "open" : "openWithRoyalty";
      const own = royalty === undefined ? [] : [royalty.receiver, royalty.bps];
      const args = [to, recipe, count, conditions, ...own];
      return opened(await send(operator, COLLECTION, name, args, once));
    },
    async sealBatch({ batch, root, blockHash, parents }, once) {
      const args = [batch, root, blockHash];
      const receipt =
        parents === undefined
          ? await send(operator, COLLECTION, "seal", args, once)
          : await send(
              operator,
              COLLECTION,
              "sealForged",
              [...args, parents],
              once,
            );
      const sealed = toSealed(logOf(receipt, collection, topicOf("Sealed")));
      return { ...toMined(receipt), sealed };
    },
    async forge({ holder, parents, terms }, once) {
      const signer = { account: holder };
      return opened(
        await send(signer, COLLECTION, "forge", [parents, terms], once),
      );
    },
    burn: async ({ holder, token }, once) =>
      toMined(
        await send({ account: holder }, COLLECTION, "burn", [token], once),
      ),
    async setParameter(change, once) {
      const { target, job, name, args } = parameterCall(change);
      return toMined(await send({ jobs: [job] }, target, name, args, once));
    },
    abandon: async (batch, once) =>
      toMined(await send("anybody", COLLECTION, "abandon", [batch], once)),
  };
}
