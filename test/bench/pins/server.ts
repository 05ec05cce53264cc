/** A place of the kit in a process of its own; tells its address, and when asked the bytes that arrived. */
import { startPinataServer } from "../../kit/pinata-server.ts";
import { startS3Server } from "../../kit/s3-server.ts";
import { startHashingKubo } from "./hashing-kubo.ts";

/** Test runners load every file below test/; only a fork serves. */
if (process.send !== undefined) {
  const [kind] = process.argv.slice(2);
  const { url, received } = await start(kind);
  process.on("message", () => process.send?.(received()));
  process.on("disconnect", () => process.exit());
  process.send(url);
}

async function start(
  kind: string | undefined,
): Promise<{ url: string; received: () => number }> {
  if (kind === "s3") {
    const server = await startS3Server({ forgets: true });
    return { url: server.endpoint, received: () => server.received() };
  }
  if (kind === "pinata") {
    const server = await startPinataServer({ forgets: true });
    return { url: server.origin, received: () => server.received() };
  }
  return startHashingKubo();
}
