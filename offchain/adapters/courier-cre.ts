import { concat, getBytes, hexlify, zeroPadValue } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Courier } from "../loop/courier.ts";
import { CRE_RECEIVER } from "./chain-abi-vendors.ts";
import { toMined } from "./chain-send.ts";
import type { CourierDesk } from "./courier-desk.ts";

/** Bytes of a workflow's id and of a report's id, which the receiver does not look at. */
const WORKFLOW_ID = zeroPadValue("0x01", 32);
const REPORT_ID = "0x0001";

/**
 * The courier of CRE. Rounds of a real network come from CRE's own nodes: nothing is sent from here. On a development chain, whose
 * receiver takes one of its accounts for the forwarder, that account delivers as the forwarder would.
 * @throws FatalError from `bring`: `courier/not-ours` on a real network, `courier/discarded`, `chain/no-key`, `chain/refused`.
 */
export function createCreCourier({
  desk,
  adapter,
}: {
  readonly desk: CourierDesk;
  /** The CreReceiver. */
  readonly adapter: Hex;
}): Courier {
  const receiver = { address: adapter, abi: CRE_RECEIVER };
  return {
    kind: "cre",
    async bring(observation, once) {
      const { development, chainId } = await desk.instance();
      if (!development) {
        throw new FatalError(
          "courier/not-ours",
          `Rounds of adapter \`${adapter}\` on chain ${chainId} are brought by Chainlink's CRE and by nobody else; deploy the workflow of offchain/cre with this address as its receiver, and its schedule brings them.`,
        );
      }
      const [forwarder, owner, name] = await desk.ask(receiver, "source");
      await desk.reachTime(unpackObservation(observation).time);
      const receipt = await desk.send(
        { account: String(forwarder) as Hex },
        receiver,
        "onReport",
        [metadataOf(String(name), String(owner)), observation],
        once,
      );
      return { ...toMined(receipt), round: await desk.roundIn(receipt) };
    },
  };
}

/** What the forwarder tells of a report: workflow id, name (10 bytes), owner, report id. */
function metadataOf(name: string, owner: string): Hex {
  const parts = [WORKFLOW_ID, name, owner, REPORT_ID].map((part) =>
    getBytes(part),
  );
  return hexlify(concat(parts)) as Hex;
}
