import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { createKuboTarget } from "../../../offchain/adapters/pins-kubo.ts";
import { createPinataTarget } from "../../../offchain/adapters/pins-pinata.ts";
import { createS3Target } from "../../../offchain/adapters/pins-s3.ts";
import type { PinTarget } from "../../../offchain/loop/ports-pins.ts";
import { PINATA_JWT, PINATA_TOKEN } from "../../kit/pinata-server.ts";
import { startRealS3 } from "../../kit/s3-real.ts";
import { S3_KEYS } from "../../kit/s3-server.ts";

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

/** The target that talks to a place at this address, in haste: nothing here is far away. */
export function targetAt(
  place: Place,
  url: string,
  haste: {
    readonly tries?: number;
    readonly pause?: number;
    readonly quiet?: number;
  } = {},
): PinTarget {
  const { tries = 3, pause = 1, quiet = 60_000 } = haste;
  const steadiness = { idle: quiet };
  switch (place) {
    case "kubo":
      return createKuboTarget({ url, tries, pause, quiet });
    case "s3":
      return createS3Target({
        endpoint: url,
        bucket: "archives",
        keys: S3_KEYS,
        patience: { tries, pause },
        timeout: quiet,
        steadiness,
      });
    case "pinata":
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
