import type { RpcProvider } from "../../offchain/adapters/rpc.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";

/** What can go wrong with one request, each in hundredths; the rest arrive and are answered. */
export const FAULTS = {
  /** Lost on the way there. */
  lost: 8,
  /** Arrived, and the answer was lost. */
  mute: 8,
  /** Refused by a gateway in between. */
  busy: 6,
  /** Sent twice, as proxies and impatient clients do. */
  twice: 6,
} as const;

/** How often each fault struck. */
export type FaultCounts = Record<keyof typeof FAULTS, number>;

/** A provider behind a bad line; the seed fixes every fault. */
export function createFaultyRpc(
  provider: RpcProvider,
  seed: string,
): { readonly provider: RpcProvider; readonly counts: FaultCounts } {
  const rng = createRng(sha256(utf8(seed)));
  const counts: FaultCounts = { lost: 0, mute: 0, busy: 0, twice: 0 };
  const draw = (): keyof typeof FAULTS | undefined => {
    let at = rng.below(100);
    for (const [fault, share] of Object.entries(FAULTS)) {
      if (at < share) return fault as keyof typeof FAULTS;
      at -= share;
    }
    return undefined;
  };
  return {
    counts,
    provider: {
      async send(method, params) {
        const fault = draw();
        if (fault === undefined) return provider.send(method, params);
        counts[fault] += 1;
        switch (fault) {
          case "lost":
            throw new Error("socket hang up");
          case "mute":
            await provider.send(method, params).catch(() => {});
            throw new Error("read ECONNRESET");
          case "busy":
            throw new Error("503 Service Unavailable");
          case "twice":
            await provider.send(method, params).catch(() => {});
            return provider.send(method, params);
        }
      },
    },
  };
}
