/** What can be wrong with what is published. */
export const FINDING_KINDS = [
  "missing",
  "damaged",
  "unreachable",
  "not-pinned",
  "wrong-uri",
  "bad-metadata",
  "open-batch",
  "journal-disagrees",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One thing that is wrong, and what to do about it. */
export interface Finding {
  readonly kind: FindingKind;
  /** `batch 1`, `epoch 2`, `recipe 1`, `token 1000003`, `collection`. */
  readonly subject: string;
  /** The place or gateway where it is so; null where the chain alone tells. */
  readonly target: string | null;
  /** One sentence. */
  readonly why: string;
  /** One sentence. */
  readonly remedy: string;
}

const REPAIR = "Run doctor with --repair.";

/** What helps, where it does not depend on the case. */
export const REMEDIES: Readonly<Record<FindingKind, string>> = {
  missing: REPAIR,
  damaged: REPAIR,
  unreachable: "See to the place, or to its key, and run doctor again.",
  "not-pinned": REPAIR,
  "wrong-uri":
    "Show nobody this work before it is known why: the contract says something else than the chain's events.",
  "bad-metadata":
    "Nothing that is sealed can be changed; compare with verify-token --deep, and tell the authors of this program.",
  "open-batch":
    "Run resume, which abandons it, so that what it reserves is free again.",
  "journal-disagrees":
    "The chain has been reorganised below what was counted as settled: run resume or the same command again, and raise Network.settle.",
};

/** A finding with the usual remedy of its kind. */
export function finding(
  kind: FindingKind,
  subject: string,
  target: string | null,
  why: string,
): Finding {
  return { kind, subject, target, why, remedy: REMEDIES[kind] };
}
