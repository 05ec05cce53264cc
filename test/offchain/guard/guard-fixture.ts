import {
  parseGuardConfig,
  type GuardConfig,
} from "../../../offchain/guard/config.ts";

/** A configuration of the tests' own, so that tuning a recipe does not move them: every measure is used. */
export function fixtureConfig(): GuardConfig {
  return parseGuardConfig({
    version: 1,
    screens: [
      { reason: "blank", measure: "spread", least: 3_000 },
      { reason: "low-contrast", measure: "contrast", least: 2_800 },
      { reason: "no-masses", measure: "massing", least: 1_600 },
      { reason: "clipped", measure: "clipped", most: 6_000 },
      {
        reason: "brightness",
        measure: "brightness",
        least: 2_600,
        most: 22_500,
      },
      { reason: "banded", measure: "banding", most: 9_650 },
      { reason: "mud", measure: "vividness", least: 4_200 },
      { reason: "one-colour", measure: "dominance", most: 6_200 },
      { reason: "few-colours", measure: "colours", least: 250 },
      { reason: "soft", measure: "crispness", least: 2_400 },
      { reason: "empty", measure: "detail", least: 350 },
      { reason: "bare", measure: "bareness", most: 6_500 },
      { reason: "noisy", measure: "grain", most: 9_000 },
      { reason: "lopsided", measure: "balance", least: 500 },
      { reason: "face", measure: "face", most: 2 },
      { reason: "mirrored", measure: "mirrored", most: 10_000 },
    ],
    grade: [
      { measure: "crispness", weight: 3_000, none: 2_500, full: 6_500 },
      {
        measure: "detail",
        weight: 3_000,
        none: 300,
        full: 1_500,
        until: 3_500,
        over: 6_000,
      },
      { measure: "contrast", weight: 2_000, none: 2_500, full: 6_000 },
      { measure: "chroma", weight: 2_000, none: 1_500, full: 8_000 },
    ],
    nearDuplicate: { distance: 20 },
  });
}
