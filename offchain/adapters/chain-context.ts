import type { Hex } from "../kernel/bytes.ts";
import type { ChainInstance } from "../loop/chain.ts";
import type { Purse } from "../loop/budget.ts";
import { noPoint, type Outbox, type Point } from "../loop/journal.ts";
import { REGISTRY } from "./chain-abi.ts";
import { createCall, type AddressOf, type Call } from "./chain-call.ts";
import { readInstance } from "./chain-instance.ts";
import { createSigners, type Signers } from "./chain-jobs.ts";
import { explainOffices } from "./chain-office.ts";
import { createSend, type Send } from "./chain-send.ts";
import {
  createFrontier,
  type ReadFrontier,
  type Settle,
} from "./chain-settling.ts";
import { createRpc, type Rpc, type RpcProvider } from "./rpc.ts";
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
  /** How deep a block lies before something rests on it; 0 if left out, and always on development chains. */
  readonly settle?: Settle;
  /** Longest wait for a block, and pause between two looks, ms. */
  readonly patience?: number;
  readonly pause?: number;
  /** Told, in one sentence, what is waited for where that takes long. */
  readonly note?: (sentence: string) => void;
  /** Asked before a transaction is signed: a budget. */
  readonly mayCost?: Purse["mayCost"] | undefined;
}

/** What everything that speaks to one deployment shares. */
export interface ChainContext {
  readonly rpc: Rpc;
  readonly collection: Hex;
  readonly registry: Hex;
  readonly fromBlock: number;
  readonly pause: number;
  readonly instance: () => Promise<ChainInstance>;
  readonly frontier: ReadFrontier;
  readonly call: Call;
  readonly addressOf: AddressOf;
  readonly signers: Signers;
  readonly send: Send;
}

/** The {@link ChainContext} of a deployment; nothing is asked of the node yet. */
export function createContext({
  provider,
  wallets,
  journal,
  collectionAddress,
  registryAddress,
  fromBlock = 0,
  point = noPoint,
  patience = 600_000,
  settle = 0,
  pause = 250,
  note = () => {},
  mayCost,
}: ChainOptions): ChainContext {
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
  const frontier = createFrontier(rpc, settle, instance);
  const sending = createSend({
    rpc,
    journal,
    signers,
    instance,
    frontier,
    addressOf,
    point,
    patience,
    pause,
    note,
    mayCost,
  });
  const send = explainOffices(sending, { rpc, call, registry, fromBlock });
  return {
    rpc,
    collection,
    registry,
    fromBlock,
    pause,
    instance,
    frontier,
    call,
    addressOf,
    signers,
    send,
  };
}
