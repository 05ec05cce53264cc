import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { archiveFile } from "../../../offchain/adapters/car-sending.ts";
import { pinArchive } from "../../../offchain/loop/pin-archive.ts";
import type {
  ArchiveFile,
  PinTarget,
} from "../../../offchain/loop/ports-pins.ts";
import { isLoopError } from "../../../offchain/kernel/errors.ts";
import { PIN_FAULTS, type PinFaultName } from "../../kit/failing-pins.ts";

/** Every way in which a place goes wrong ends as the list says: held after all, or refused with one of its codes. */
export function shouldBearFaults(
  start: (fault: PinFaultName) => Promise<PinTarget>,
  archives: () => readonly ArchiveFile[],
): void {
  for (const [fault, { does, ends }] of Object.entries(PIN_FAULTS))
    it(`${ends === "held" ? "holds" : "refuses"} what goes to a place that ${does}`, async () => {
      for (const { path, count } of archives()) {
        const target = await start(fault as PinFaultName);
        const pinned = pinArchive(
          {
            targets: [target],
            archives: { file: archiveFile },
            progress: { stage: () => {}, note: () => {} },
            hash: nativeSha256,
          },
          { path, part: false },
        );
        const end = await pinned.then(
          ([receipt]) => receipt?.blocks,
          (error: unknown) => (isLoopError(error) ? error.code : error),
        );
        if (ends === "held") expect(end).to.equal(count);
        else expect(ends).to.include(end);
      }
    });
}
