import { toHex, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";
import type { Decision, MarketPoint, Policy, StewardView } from "./policy.ts";

/** A decision that does something. */
export type Move = Exclude<Decision, { readonly kind: "hold" }>;

/** Which document this is, and of which version. */
const FORMAT = "loop-steward-reasons/1";

/** Periods of ours that the document sums up. */
const RECENT = 14;

/** SHA-256 of a view's canonical JSON: who reads the chain at its time again comes to the same. */
export function viewDigest(view: StewardView): Hex {
  return toHex(sha256(canonicalBytes(view as unknown as Json)));
}

/**
 * Why a move is made: the inputs, the model, and what it is expected to do. Numbers and words of our own only, so that its canonical
 * JSON, whose SHA-256 goes into the call, holds nothing that somebody else wrote.
 */
export function reasonsOf(
  view: StewardView,
  { name, version }: Pick<Policy, "name" | "version">,
  move: Move,
): Json {
  const { slot, from, to, kind, why, expected } = move;
  const { low, high, step, budgetLeft } = view.slots[slot];
  const recent = view.own.slice(-RECENT);
  const sum = (field: "sales" | "volume" | "burns" | "acts"): number =>
    recent.reduce((total, period) => total + period[field], 0);
  return {
    format: FORMAT,
    model: { policy: name, version },
    inputs: {
      view: viewDigest(view),
      time: view.time,
      market: marketJson(view.rounds.at(-1)),
      own: {
        from: recent[0]?.from ?? view.time,
        to: recent.at(-1)?.to ?? view.time,
        periods: recent.length,
        sales: sum("sales"),
        volume: sum("volume"),
        burns: sum("burns"),
        acts: sum("acts"),
      },
      box: { low, high, step, budgetLeft },
    },
    decision: { kind, slot, from, to, why },
    expected: { ...expected },
  };
}

/** What was not observed is left out. */
function marketJson(point: MarketPoint | undefined): Json {
  if (point === undefined) return null;
  const seen = Object.entries(point).filter(([, value]) => value !== undefined);
  return Object.fromEntries(seen) as Json;
}
