import type { Hex } from "../kernel/bytes.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Chain, ChainInstance } from "../loop/chain.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { COLLECTION } from "./chain-abi.ts";
import type { AddressOf, Call } from "./chain-call.ts";
import { ROUND_ACCEPTED, toRound } from "./chain-events-evolving.ts";
import { safe, topicOf } from "./chain-events.ts";
import type { Signers } from "./chain-jobs.ts";
import { logOf, toMined, type Send } from "./chain-send.ts";
import { reachTime } from "./chain-time.ts";
import type { Rpc } from "./rpc.ts";

interface EvolvingContext {
  readonly rpc: Rpc;
  readonly collection: Hex;
  readonly instance: () => Promise<ChainInstance>;
  readonly addressOf: AddressOf;
  readonly call: Call;
  readonly signers: Signers;
  readonly send: Send;
}

type Evolving = Pick<
  Chain,
  "bringRound" | "evolve" | "voidEpoch" | "attune" | "pin"
>;

/** The calls by which a collection evolves. */
export function createEvolving({
  rpc,
  collection,
  instance,
  addressOf,
  call,
  signers,
  send,
}: EvolvingContext): Evolving {
  /** Whichever of the two an account of ours is; the active one where none is. */
  const ownAdapter = async (): Promise<Hex> => {
    const [active, fallback] = (await call(ORACLE, "adapters")) as Hex[];
    const ours = [active, fallback].map((account = "0x") => ({ account }));
    for (const signer of ours)
      if (await signers.has(signer)) return signer.account;
    return active ?? "0x";
  };

  return {
    async bringRound(observation, once) {
      const oracle = await addressOf(ORACLE);
      const adapter = await ownAdapter();
      if ((await instance()).development)
        await reachTime(rpc, unpackObservation(observation).time);
      const receipt = await send(
        { account: adapter },
        ORACLE,
        "accept",
        [observation],
        once,
      );
      const round = toRound(logOf(receipt, oracle, ROUND_ACCEPTED));
      return { ...toMined(receipt), round };
    },
    async evolve({ root, round }, once) {
      const receipt = await send(
        { jobs: ["publisher"] },
        COLLECTION,
        "evolve",
        [root, round],
        once,
      );
      const { topics } = logOf(receipt, collection, topicOf("Evolved"));
      return { ...toMined(receipt), epoch: safe(BigInt(topics[1] ?? 0)) };
    },
    voidEpoch: async (epoch, once) =>
      toMined(
        await send(
          { jobs: ["guardian", "admin"] },
          COLLECTION,
          "voidEpoch",
          [epoch],
          once,
        ),
      ),
    attune: async ({ holder, token, act }, once) =>
      toMined(
        await send(
          { account: holder },
          COLLECTION,
          "attune",
          [token, act],
          once,
        ),
      ),
    async pin({ holder, token, epoch }, once) {
      const [name, args] =
        epoch === undefined
          ? (["unpinTokenURI", [token]] as const)
          : (["pinTokenURI", [token, epoch]] as const);
      return toMined(
        await send({ account: holder }, COLLECTION, name, args, once),
      );
    },
  };
}
