import type { Hex } from "../kernel/bytes.ts";
import type { Chain, ChainInstance } from "../loop/chain.ts";
import { noPoint, type Outbox, type Point } from "../loop/journal.ts";
import { COLLECTION, REGISTRY } from "./chain-abi.ts";
import { createCall } from "./chain-call.ts";
import { createEpochs } from "./chain-epochs.ts";
import { toOpened, toSealed, topicOf } from "./chain-events.ts";
import { createEvolving } from "./chain-evolving.ts";
import { readInstance } from "./chain-instance.ts";
import { createSigners, type Signer } from "./chain-jobs.ts";
import { parameterCall } from "./chain-parameters.ts";
import { createReads } from "./chain-reads.ts";
import { createSend, logOf, toMined } from "./chain-send.ts";
import { createViews } from "./chain-views.ts";
import type { Receipt } from "./fate-ethers.ts";
import { createRpc, type RpcProvider } from "./rpc.ts";
import type { Wallets } from "./wallet-ethers.ts";

/** What a chain is made of. */
export interface ChainOptions {
  readonly provider: RpcProvider;
  /** Leave them out where nothing is written. */
  readonly wallets?: Wallets;
  /** Where transactions are stored before they are sent: the journal. */
  readonly journal?: Outbox;
  readonly collectionAddress: string;
  readonly registryAddress: string;
  /** Block of the deployment: events are looked for from here. */
  readonly fromBlock?: number;
  readonly point?: Point;
  /** Gives the `mixHash` of seed blocks that a development chain is told to mine; left out, that chain's own, which repeat. */
  readonly chance?: () => Hex;
  /** Longest wait for a block, and pause between two looks, ms. */
  readonly patience?: number;
  readonly pause?: number;
}

/** The {@link Chain} port over JSON-RPC, with ethers for signing and encoding. */
export function createChain({
  provider,
  wallets,
  journal,
  collectionAddress,
  registryAddress,
  fromBlock = 0,
  point = noPoint,
  chance,
  patience = 600_000,
  pause = 250,
}: ChainOptions): Chain {
  const rpc = createRpc(provider, Math.min(pause, 100));
  const collection = collectionAddress.toLowerCase() as Hex;
  const registry = registryAddress.toLowerCase() as Hex;
  let known: Promise<ChainInstance> | undefined;
  const instance = (): Promise<ChainInstance> => {
    known ??= readInstance(rpc, collection).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  const { call, addressOf } = createCall(rpc, { collection, registry });
  const signers = createSigners(wallets, async (role, account) =>
    Boolean((await call(REGISTRY, "hasRole", [role, account]))[0]),
  );
  const send = createSend({
    rpc,
    journal,
    signers,
    instance,
    addressOf,
    point,
    patience,
    pause,
  });

  const operator: Signer = { jobs: ["operator"] };
  const opened = (receipt: Receipt) => ({
    ...toMined(receipt),
    opened: toOpened(logOf(receipt, collection, topicOf("Opened"))),
  });
  const context = { rpc, collection, registry, fromBlock, pause, chance };

  return {
    ...createReads({ ...context, instance, call }),
    ...createViews({ ...context, call }),
    ...createEpochs({ ...context, call }),
    ...createEvolving({ ...context, instance, addressOf, call, send }),
    instance,
    account: wallets?.first.address,
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
    registerRecipe: async (id, once) =>
      toMined(
        await send({ jobs: ["registrar"] }, REGISTRY, "register", [id], once),
      ),
    revokeRecipe: async (id, once) =>
      toMined(
        await send(
          { jobs: ["guardian", "registrar"] },
          REGISTRY,
          "revoke",
          [id],
          once,
        ),
      ),
  };
}
