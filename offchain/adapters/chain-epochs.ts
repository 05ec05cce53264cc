import type { Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Chain } from "../loop/chain.ts";
import { COLLECTION } from "./chain-abi.ts";
import { oracleOf, type Call } from "./chain-call.ts";
import { RefusedError } from "./chain-errors.ts";
import {
  reigned,
  reignsOf,
  ROUND_ACCEPTED,
  toAttuned,
  toPin,
  toRound,
} from "./chain-events-evolving.ts";
import { readLogs, safe, topicOf, type LogQuery } from "./chain-events.ts";
import { ofToken } from "./chain-reads.ts";
import { quantity, type Rpc } from "./rpc.ts";

interface EpochContext {
  readonly rpc: Rpc;
  readonly collection: Hex;
  readonly fromBlock: number;
  readonly call: Call;
}

type Epochs = Pick<
  Chain,
  | "epochs"
  | "epochAt"
  | "rounds"
  | "epochOf"
  | "tokenURIAt"
  | "attunedEvents"
  | "pinEvents"
>;

/** Why an epoch shows nothing of a work. */
const NO_EPOCH: ReadonlySet<string | undefined> = new Set([
  "EpochUnknown",
  "EpochDoesNotCover",
  "EpochIsVoided",
]);

/** What a chain tells about epochs, rounds, and what holders did to their works. */
export function createEpochs({
  rpc,
  collection,
  fromBlock,
  call,
}: EpochContext): Epochs {
  const height = (): Promise<number> =>
    rpc.ask("eth_blockNumber", [], quantity);
  const logs = (
    topics: LogQuery["topics"],
    to: number,
  ): ReturnType<typeof readLogs> =>
    readLogs(rpc, { address: collection, topics, from: fromBlock, to });

  return {
    async epochs() {
      const [count, shown, lastRound] = await call(COLLECTION, "epochs");
      return {
        count: safe(count),
        shown: safe(shown),
        lastRound: safe(lastRound),
        oracle: await oracleOf(call),
      };
    },
    async epochAt(epoch) {
      const [info] = (await orNoEpoch(
        call(COLLECTION, "epochAt", [epoch]),
        `\`${epoch}\` is no epoch of this collection; see those that exist with \`epochs\`.`,
      )) as unknown as [Result];
      return {
        epoch,
        root: info["root"] as Hex,
        round: safe(info["round"]),
        covered: safe(info["covered"]),
        time: safe(info["time"]),
        voided: Boolean(info["voided"]),
      };
    },
    async rounds() {
      const head = await height();
      const found = [];
      for (const reign of reignsOf(
        await logs([topicOf("OracleChanged")], head),
      )) {
        const accepted = await readLogs(rpc, {
          address: reign.oracle,
          topics: [ROUND_ACCEPTED],
          from: reign.from.block,
          to: reign.to?.block ?? head,
        });
        found.push(
          ...accepted.map(toRound).filter((round) => reigned(reign, round)),
        );
      }
      return found;
    },
    epochOf: async (token) => safe((await ofToken(call, "epochOf", token))[0]),
    tokenURIAt: async (token, epoch) =>
      String(
        (
          await orNoEpoch(
            ofToken(call, "tokenURIAt", token, [epoch]),
            `Epoch \`${epoch}\` does not show token ${token}: there is no such epoch, or it was taken back, or the work is younger; see \`epochs\`.`,
          )
        )[0],
      ),
    attunedEvents: async (upTo) =>
      (await logs([topicOf("Attuned")], upTo)).map(toAttuned),
    pinEvents: async (upTo) =>
      (
        await logs(
          [[topicOf("TokenUriPinned"), topicOf("TokenUriUnpinned")]],
          upTo,
        )
      ).map(toPin),
  };
}

async function orNoEpoch(
  asked: Promise<Result>,
  sentence: string,
): Promise<Result> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof RefusedError && NO_EPOCH.has(cause.reason))
      throw new FatalError("chain/no-epoch", sentence, { cause });
    throw cause;
  }
}
