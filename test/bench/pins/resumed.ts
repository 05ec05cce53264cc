import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { table } from "../evolution/figures.ts";
import { sendOrDie, writeCar } from "./memory.ts";
import { startPlace } from "./places.ts";

const BYTES = 120_000_000;
const POINTS = [10, 40, 70, 95];

/** What is at most sent again: the parts that were on their way (two of 8 MiB); by tus, what the server had not read yet. */
const MOST = { s3: 16_777_216, pinata: 1_048_576 } as const;

/** Prints how much of a sending that was killed is sent again; false if it is more than what was on its way. */
export async function benchResumed(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "loop-pins-"));
  const rows: string[][] = [];
  let good = true;
  // Only the kit's servers count what arrives.
  delete process.env["LOOP_S3_SERVER"];
  try {
    const path = join(folder, "batch.car");
    await writeCar(path, BYTES);
    const { size } = await stat(path);
    for (const place of ["s3", "pinata", "kubo"] as const)
      for (const point of POINTS) {
        const running = await startPlace(place);
        try {
          const dies = Math.floor((size * point) / 100);
          if ((await sendOrDie(place, running.url, path, dies)) !== undefined)
            throw new Error("the sender did not die");
          await sendOrDie(place, running.url, path);
          const again = ((await running.received()) ?? 0) - size;
          rows.push([place, `${point} %`, mb(size), mb(again)]);
          if (place !== "kubo" && again > MOST[place]) good = false;
        } finally {
          await running.close();
        }
      }
  } finally {
    await rm(folder, { recursive: true });
  }
  console.log(table(["sent to", "killed at", "archive", "sent again"], rows));
  console.log(
    "\nkubo's dag/import takes an archive as one request; what it has of it already it does not write again\n",
  );
  return good;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
