/**
 * Sends one archive to one place and does nothing else, so that its memory is that of the sending: `uploader.ts <place> <url> <file>
 * [bytes after which it kills itself]`. Tells its memory; with the place "nothing" it only starts.
 */
import { readFile } from "node:fs/promises";

import { archiveFile } from "../../../offchain/adapters/car-sending.ts";
import { PLACES, targetAt } from "./places.ts";

/** What a sending took. */
export interface Sent {
  /** Peak of resident memory, bytes: once it had started, and at its end. */
  readonly started: number;
  readonly peak: number;
  readonly seconds: number;
}

/** Test runners load every file below test/; only a fork sends. */
if (process.send !== undefined) {
  const [place, url = "", path = "", dies] = process.argv.slice(2);
  const started = await peakMemory();
  const from = performance.now();
  const known = PLACES.find((one) => one === place);
  if (known !== undefined) {
    const archive = await archiveFile(path);
    const target = await targetAt(known, url);
    await target.put(archive, {
      onBytes(sent) {
        if (dies !== undefined && sent >= Number(dies))
          process.kill(process.pid, "SIGKILL");
      },
    });
  }
  const seconds = (performance.now() - from) / 1_000;
  const sent: Sent = { started, peak: await peakMemory(), seconds };
  process.send(sent);
  process.disconnect();
}

/** The most that was ever resident, as the kernel counts it. */
async function peakMemory(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return 1_024 * Number(kib ?? process.resourceUsage().maxRSS);
}
