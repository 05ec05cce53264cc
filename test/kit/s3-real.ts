import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { S3Keys } from "./s3-signature.ts";
import { freePort } from "./free-port.ts";

/** A real S3 server with an empty bucket. */
export interface RealS3 {
  readonly endpoint: string;
  readonly bucket: string;
  close(): Promise<void>;
}

/**
 * Starts the server that `LOOP_S3_SERVER` names, a versitygw (https://github.com/versity/versitygw, Apache-2.0), over a temporary
 * folder; undefined if it is not set.
 */
export async function startRealS3(keys: S3Keys): Promise<RealS3 | undefined> {
  const program = process.env["LOOP_S3_SERVER"];
  if (program === undefined || program === "") return undefined;
  const folder = await mkdtemp(join(tmpdir(), "loop-s3-"));
  const bucket = "archives";
  await mkdir(join(folder, bucket));
  const port = await freePort();
  const child = spawn(
    program,
    ["--port", `127.0.0.1:${port}`, "--quiet", "posix", folder],
    {
      stdio: "ignore",
      // Not as arguments: those are seen by everybody on the machine.
      env: {
        ROOT_ACCESS_KEY: keys.accessKeyId,
        ROOT_SECRET_KEY: keys.secretAccessKey,
      },
    },
  );
  const ended = once(child, "exit");
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const up = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (tries === 100 || child.exitCode !== null)
      throw new Error("LOOP_S3_SERVER does not start");
    await sleep(50);
  }
  return {
    endpoint,
    bucket,
    async close() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
