/**
 * Golden vectors: what the generator must give, byte for byte, on every machine. This module is pure, so that the same code runs in
 * Node, in worker threads and in a browser.
 */
import { unpackAttunement } from "../../offchain/generator/evolution/attunement.ts";
import { followMarket, stateKey, stateOf, type WorkState } from "../../offchain/generator/evolution/state.ts";
import { conditioning } from "../../offchain/generator/model/conditioning.ts";
import { createField } from "../../offchain/generator/model/field.ts";
import type { Model } from "../../offchain/generator/model/model.ts";
import { encodePng } from "../../offchain/generator/png.ts";
import { planWork, type WorkPlan } from "../../offchain/generator/work/plan.ts";
import { renderMorph } from "../../offchain/generator/work/morph.ts";
import { renderWork } from "../../offchain/generator/work/render.ts";
import type { Steer } from "../../offchain/generator/work/steer.ts";
import { fromHex, toHex, type Hex } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import type { Traits } from "../../offchain/kernel/traits.ts";

/** A whole work: `png` is the digest of its file. */
export type WorkVector = {
  readonly digest: Hex;
  readonly traits: Traits;
  readonly conditions: Hex;
  /** What it evolved to; genesis where it is left out. */
  readonly state?: WorkState;
  /** How it was steered; not at all where it is left out. */
  readonly steer?: Steer;
  /** Another work, and how many thousandths of the way there it is. */
  readonly towards?: { readonly work: Omit<WorkVector, "png" | "towards" | "size">; readonly share: number };
  readonly size: number;
  readonly png: Hex;
};

/** The bare network at 1024 points: `logits` is the digest of its raw floats. Shares are sixteenths, style parameters 64ths. */
export type FieldVector = {
  readonly shares: readonly number[];
  readonly order: number;
  readonly style: readonly number[];
  readonly logits: Hex;
};

/** A work followed through a market: the packed rounds that cover its batch, and the key of its state after each of them. */
export type JourneyVector = {
  readonly digest: Hex;
  readonly conditions: Hex;
  readonly attunement: Hex;
  readonly rounds: readonly Hex[];
  readonly states: readonly string[];
};

/** The file `evolved.json`: works that left their genesis, and how works leave it. */
export type Evolved = { readonly works: readonly WorkVector[]; readonly journeys: readonly JourneyVector[] };

/** The file `golden.json`, and the evolved and the chosen works beside its own. */
export type Golden = {
  readonly kernels: Hex;
  readonly weights: Hex;
  readonly works: readonly WorkVector[];
  readonly fields: readonly FieldVector[];
  readonly journeys: readonly JourneyVector[];
};

/** Draws a work and digests its PNG. */
export function workDigest(model: Model, { towards, size, ...work }: Omit<WorkVector, "png">): Hex {
  const plan = planOf(work);
  const rgb = towards
    ? renderMorph(model, [plan, planOf(towards.work)], towards.share, size)
    : renderWork(model, plan, size);
  return toHex(sha256(encodePng(rgb, { width: size, height: size })));
}

function planOf({ digest, traits, conditions, state, steer }: Omit<WorkVector, "png" | "towards" | "size">): WorkPlan {
  const observation = unpackObservation(conditions);
  return planWork({
    digest: fromHex(digest),
    traits,
    observation,
    ...(state === undefined ? {} : { state }),
    ...(steer === undefined ? {} : { steer }),
  });
}

/** Evaluates the network on a lattice that reaches over the picture's edge, and digests the bits of its logits. */
export function fieldDigest(model: Model, { shares, order, style }: Omit<FieldVector, "logits">): Hex {
  const xy = Float32Array.from({ length: 2048 }, (_, i) => {
    const n = i >> 1;
    return ((i & 1 ? n >> 5 : n & 31) - 15.5) / 11;
  });
  const logits = new Float32Array(8192);
  const latent = conditioning({ families: shares.map((s) => s / 16), order, u: style.map((s) => s / 64) });
  createField(model, { points: 1024 }).evaluate({ latent, temperature: 1, xy, logits });
  return toHex(sha256(new Uint8Array(logits.buffer)));
}

/** The keys of a work's states, round by round. */
export function journeyOf({ digest, conditions, attunement, rounds }: Omit<JourneyVector, "states">): string[] {
  const begun = unpackObservation(conditions);
  return followMarket(begun, rounds.map(unpackObservation)).map((mood) =>
    stateKey(
      stateOf({ digest: fromHex(digest), conditions: begun, mood, attunement: unpackAttunement(attunement) }),
    ),
  );
}

/** Checks vectors `first`, `first + stride`, ...; returns one line for each that differs. */
export function differences(model: Model, { works, fields, journeys }: Golden, first = 0, stride = 1): string[] {
  const lines: string[] = [];
  const note = (name: string, expected: string, computed: string): void => {
    if (computed !== expected) lines.push(`${name}: expected ${expected}, computed ${computed}`);
  };
  works.forEach((vector, n) => {
    if (n % stride === first) note(`work ${n} at ${vector.size}`, vector.png, workDigest(model, vector));
  });
  fields.forEach((vector, n) => {
    if (n % stride === first) note(`field ${n}`, vector.logits, fieldDigest(model, vector));
  });
  journeys.forEach((vector, n) => {
    if (n % stride === first) note(`journey ${n}`, vector.states.join(" "), journeyOf(vector).join(" "));
  });
  return lines;
}
