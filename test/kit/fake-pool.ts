import { stateKey } from "../../offchain/generator/evolution/state.ts";
import type { EnginePool } from "../../offchain/loop/ports-pool.ts";
import { toHex, utf8, concat } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import { candidateSeed } from "../../offchain/kernel/seed.ts";

/** An engine pool whose pictures are a few bytes: the same arguments give the same bytes, and every other work has a rejected try. */
export function createFakePool(): EnginePool {
  const picture = (digest: Uint8Array, size: number): Uint8Array =>
    concat(utf8(`picture of ${size} `), digest);
  return {
    workers: 2,
    async screen(seed, index, from) {
      const candidates = [];
      for (let attempt = from; ; attempt++) {
        const digest = candidateSeed(seed, index, attempt);
        const pass = attempt > 0 || index % 2 === 0;
        candidates.push({
          attempt,
          digest: toHex(digest),
          traits: { family: "dots" },
          hash: toHex(sha256(digest)),
          verdict: {
            pass,
            scores: { grade: pass ? 9_000 : 1_000 },
            reasons: pass ? [] : ["blank"],
          },
        });
        if (pass) return candidates;
      }
    },
    paint: async ({ digest, state }, size) =>
      concat(
        picture(digest, size),
        utf8(state === undefined ? "" : ` in state ${stateKey(state)}`),
      ),
    pixels: async (_key, size) => new Uint8Array(size * size * 3),
    close: () => Promise.resolve(),
  };
}
