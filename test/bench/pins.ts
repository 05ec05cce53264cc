/**
 * What pinning stands: `npm run bench:pins`. Archives damaged in one place each, and who accepts them; the memory of sending a gigabyte
 * to each place; places that go wrong in every way of the kit, and what is sealed; sendings that are killed, and what is sent again.
 * `-- --only damaged,memory,faults,resumed` chooses, `--count`, `--seed` and `--bytes` change the sizes. Places are servers of the kit in
 * processes of their own; `LOOP_KUBO` and `LOOP_S3_SERVER` name real ones. Fails if a figure misses its mark, or a naive control
 * does not fail as it must.
 */
import { parseArgs } from "node:util";

import { benchDamaged } from "./pins/damaged.ts";
import { benchFaults } from "./pins/faults.ts";
import { benchMemory } from "./pins/memory.ts";
import { benchResumed } from "./pins/resumed.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "damaged,memory,faults,resumed" },
    count: { type: "string", default: "1000" },
    seed: { type: "string", default: "pins" },
    bytes: { type: "string", default: "1000000000" },
  },
});
const benches: Readonly<Record<string, () => Promise<boolean>>> = {
  damaged: () => benchDamaged(Number(values.count), values.seed),
  memory: () => benchMemory(Number(values.bytes)),
  faults: () => benchFaults(),
  resumed: () => benchResumed(),
};
for (const name of values.only.split(",")) {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`no part \`${name}\``);
  if (!(await bench())) process.exitCode = 1;
}
