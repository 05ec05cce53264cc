import { expect } from "chai";
import fc from "fast-check";

import { concat, equal } from "../../../offchain/kernel/bytes.ts";
import { createIntake } from "../../../offchain/publishing/byte-intake.ts";

async function* from(pieces: readonly Uint8Array[]) {
  yield* pieces;
}

describe("publishing/byte-intake", () => {
  it("gives what came, in whatever portions it is asked for, and takes the end of one back", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 12 }),
        fc.array(fc.record({ take: fc.nat(40), back: fc.nat(40) }), {
          maxLength: 40,
        }),
        async (pieces, steps) => {
          const whole = concat(...pieces);
          const intake = createIntake(from(pieces));
          let at = 0;
          for (const { take, back } of steps) {
            const got = (await intake.take(take)).slice();
            expect(equal(got, whole.subarray(at, at + take))).to.equal(true);
            const kept = Math.max(0, got.length - back);
            intake.giveBack(got.subarray(kept));
            at += kept;
            expect(intake.position()).to.equal(at);
          }
          const rest = await intake.take(whole.length + 1);
          expect(equal(rest, whole.subarray(at))).to.equal(true);
          await intake.close();
        },
      ),
      { numRuns: 200 },
    );
  });
});
