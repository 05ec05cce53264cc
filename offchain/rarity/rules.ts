import type { Traits } from "../kernel/traits.ts";

import type { Rule, Trait, TraitTable } from "./table.ts";

/** Most combinations of deciding values that a table may have: it bounds the work of checking and of the odds. */
const MAX_COMBINATIONS = 10_000;

/** Whether a value may be drawn, given what the earlier traits came out as. */
export function allows(
  rules: readonly Rule[],
  trait: string,
  value: string,
  earlier: Traits,
): boolean {
  return rules.every((rule) => {
    if (rule.trait !== trait) return true;
    const drawn = earlier[rule.when.trait];
    if (drawn === undefined || !rule.when.values.includes(drawn)) return true;
    return rule.only?.includes(value) ?? !rule.not?.includes(value);
  });
}

/** The traits that some rule looks at: all that must be remembered while drawing. */
export function decidingTraits({ rules = [] }: TraitTable): Set<string> {
  return new Set(rules.map(({ when }) => when.trait));
}

/** Throws what `fail` makes of the first rule that is wrong; see `parseTraitTable`. */
export function checkRules(
  table: TraitTable,
  fail: (problem: string) => Error,
): void {
  const { traits, rules = [] } = table;
  const order = new Map(traits.map((trait, i) => [trait.name, i]));
  const requireKnown = (trait: string, values: readonly string[]): number => {
    const position = order.get(trait);
    if (position === undefined)
      throw fail(
        `has a rule on \`${trait}\`, which is no trait; mend its name`,
      );
    const known = traits[position]?.values.map(({ name }) => name) ?? [];
    const stranger = values.find((value) => !known.includes(value));
    if (stranger !== undefined)
      throw fail(
        `has a rule on \`${stranger}\`, which is no value of \`${trait}\`; mend its name`,
      );
    return position;
  };
  for (const { when, trait, only, not } of rules) {
    const from = requireKnown(when.trait, when.values);
    const to = requireKnown(trait, [...(only ?? []), ...(not ?? [])]);
    if (from >= to)
      throw fail(
        `has a rule from \`${when.trait}\` to \`${trait}\`, which is drawn no later; order the traits so that rules look forward`,
      );
  }
  const deciding = decidingTraits(table);
  if (
    countCombinations(traits.filter(({ name }) => deciding.has(name))) >
    MAX_COMBINATIONS
  )
    throw fail(
      `lets ${deciding.size} traits decide about others, too many to check; use fewer rules`,
    );
  for (const trait of traits) requireOutcome(table, trait, fail);
}

function countCombinations(traits: readonly Trait[]): number {
  return traits.reduce((product, { values }) => product * values.length, 1);
}

/** Tries every combination of the traits that decide about this one: each must leave it a value. */
function requireOutcome(
  { traits, rules = [] }: TraitTable,
  trait: Trait,
  fail: (problem: string) => Error,
): void {
  const about = rules.filter((rule) => rule.trait === trait.name);
  const deciders = traits.filter(({ name }) =>
    about.some(({ when }) => when.trait === name),
  );
  const combinations = countCombinations(deciders);
  for (let index = 0; index < combinations; index++) {
    const earlier: Record<string, string> = {};
    let rest = index;
    for (const { name, values } of deciders) {
      earlier[name] = values[rest % values.length]?.name ?? "";
      rest = Math.floor(rest / values.length);
    }
    const possible = trait.values.some(
      ({ name, weight }) =>
        weight > 0 && allows(about, trait.name, name, earlier),
    );
    if (!possible)
      throw fail(
        `leaves \`${trait.name}\` no value when ${Object.entries(earlier)
          .map(([key, value]) => `${key} is \`${value}\``)
          .join(" and ")}; relax a rule`,
      );
  }
}
