import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Once } from "../loop/chain.ts";
import type { Courier } from "../loop/courier.ts";
import { DATA_FEED_ADAPTER, DEVELOPMENT_FEED } from "./chain-abi-vendors.ts";
import { toMined } from "./chain-send.ts";
import type { CourierDesk } from "./courier-desk.ts";

/** From the millionths of an observation's floor to the eight decimals of the stand-in's answer. */
const ANSWER_PER_FLOOR = 100n;

/**
 * The courier of a data feed: it has the adapter look at the feed, and the round says what it saw. On a development chain the feed is
 * a stand-in (contracts/mocks/DevelopmentFeed.sol), which is told the observation's floor and time first.
 * @throws FatalError from `bring`: `courier/no-floor` on a development chain, `courier/discarded`, `chain/refused`, `chain/no-key`.
 */
export function createFeedsCourier({
  desk,
  adapter,
}: {
  readonly desk: CourierDesk;
  /** The DataFeedAdapter. */
  readonly adapter: Hex;
}): Courier {
  const contract = { address: adapter, abi: DATA_FEED_ADAPTER };

  /** Makes the stand-in say what the observation says of the price. */
  async function tell(observation: Hex, once: Once): Promise<void> {
    const { present, floor, time } = unpackObservation(observation);
    if (!present.floor || floor === 0) {
      throw new FatalError(
        "courier/no-floor",
        `Observation \`${observation}\` has no floor price, and a feed tells nothing else; bring one that has.`,
      );
    }
    const [feed] = await desk.ask(contract, "FEED");
    const standIn = {
      address: String(feed).toLowerCase() as Hex,
      abi: DEVELOPMENT_FEED,
    };
    const answer = BigInt(floor) * ANSWER_PER_FLOOR;
    const key = `${once.key}/feed`;
    await desk.send("anybody", standIn, "tell", [answer, time], {
      ...once,
      key,
    });
    await desk.reachTime(time);
  }

  return {
    kind: "data-feeds",
    async bring(observation, once) {
      if ((await desk.instance()).development) await tell(observation, once);
      const receipt = await desk.send("anybody", contract, "poke", [], once);
      return { ...toMined(receipt), round: await desk.roundIn(receipt) };
    },
  };
}
