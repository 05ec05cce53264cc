import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import type { PinTarget } from "../../../offchain/loop/ports-pins.ts";
import { PINATA_JWT, PINATA_TOKEN, S3_KEYS } from "../../kit/pin-keys.ts";
import { startRealS3 } from "../../kit/s3-real.ts";

/** Kinds of places that archives are sent to over a network. */
export const PLACES = ["kubo", "s3", "pinata"] as const;
export type Place = (typeof PLACES)[number];

/** A place that runs in a process of its own. */
export interface RunningPlace {
  readonly url: string;
  /** What it is. */
  readonly what: string;
  /** Bytes of archives that arrived there so far; undefined where it is a real one. */
  received(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Starts one: the real one where the environment names it, otherwise the kit's, which forgets what it has hashed. */
export async function startPlace(place: Place): Promise<RunningPlace> {
  if (place === "s3") {
    const real = await startRealS3(S3_KEYS);
    if (real !== undefined)
      return {
        url: real.endpoint,
        what: "s3 (LOOP_S3_SERVER)",
        received: async () => undefined,
        close: () => real.close(),
      };
  }
  const child = fork(new URL("server.ts", import.meta.url), [place]);
  const [url] = (await once(child, "message")) as [string];
  return {
    url,
    what: `${place} (kit)`,
    async received() {
      child.send("received");
      const [bytes] = (await once(child, "message")) as [number];
      return bytes;
    },
    close: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill();
  await exit;
}

/** The target that talks to a place at this address, in haste: nothing here is far away. Only its own adapter is loaded, as ever. */
export async function targetAt(
  place: Place,
  url: string,
  haste: {
    readonly tries?: number;
    readonly pause?: number;
    readonly quiet?: number;
  } = {},
): Promise<PinTarget> {
  const { tries = 3, pause = 1, quiet = 60_000 } = haste;
  const steadiness = { idle: quiet };
  switch (place) {
    case "kubo": {
      const { createKuboTarget } =
        await import("../../../offchain/adapters/pins-kubo.ts");
      return createKuboTarget({ url, tries, pause, quiet });
    }
    case "s3": {
      const { createS3Target } =
        await import("../../../offchain/adapters/pins-s3.ts");
      return createS3Target({
        endpoint: url,
        bucket: "archives",
        keys: S3_KEYS,
        patience: { tries, pause },
        timeout: quiet,
        steadiness,
      });
    }
    case "pinata": {
      const { createPinataTarget } =
        await import("../../../offchain/adapters/pins-pinata.ts");
      return createPinataTarget({
        jwt: PINATA_JWT,
        gateway: url,
        token: PINATA_TOKEN,
        api: url,
        uploads: url,
        tries,
        pause,
        quiet,
        steadiness,
      });
    }
  }
}
