import type { Observation } from "../../offchain/kernel/observation.ts";
import type { OddsProof } from "../../offchain/loop/odds-proof.ts";
import type { ValueOdds } from "../../offchain/rarity/odds.ts";
import { observationLines } from "./market-report.ts";
import { table } from "./table.ts";

/** The odds under an observation, for a person at a terminal. */
export function oddsLines({
  from,
  recipe,
  observation,
  odds,
}: {
  readonly from: string;
  readonly recipe: string;
  readonly observation: Observation;
  readonly odds: readonly ValueOdds[];
}): string[] {
  return [
    `Odds of recipe ${recipe} by ${from}`,
    "",
    ...observationLines(observation),
    "",
    ...table(
      ["trait", "value", "chance"],
      odds.map(({ trait, value, share }) => [trait, value, percent(share)]),
    ),
  ];
}

/** A batch beside its odds, for a person at a terminal. */
export function proofLines({
  batch,
  works,
  observation,
  odds,
  against,
}: OddsProof): string[] {
  return [
    ...observationLines(observation),
    "",
    ...table(
      ["trait", "value", "chance", "expected", "drawn"],
      odds.map(({ trait, value, share, expected, drawn }) => [
        trait,
        value,
        percent(share),
        (expected / 1_000).toFixed(1),
        `${drawn}`,
      ]),
    ),
    "",
    `Batch ${batch} obeyed its odds: the traits of all ${works} works were drawn again from the chain and the table, and ${
      against === "archive"
        ? "its published files show just these."
        : "a rebuild of every file gave the root on the chain."
    }`,
  ];
}

function percent(share: number): string {
  return `${(share / 10_000).toFixed(2)} %`;
}
