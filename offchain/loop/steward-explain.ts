import { z } from "zod";

import { isLoopError } from "../kernel/errors.ts";
import type { Decision, StewardView } from "../steward/policy.ts";
import { plainText } from "./plain-text.ts";
import type { ExplainedFacts, Explainer } from "./ports-explainer.ts";
import type { Progress } from "./ports-progress.ts";

/** What people are shown beside a decision. */
export interface Explanation {
  /** Without links or anything that is not seen. */
  readonly text: string;
  /** The explainer's order of the options, by index; undefined where it gave none, or none that is one. */
  readonly ranking: readonly number[] | undefined;
}

const MOST_TEXT = 1_200;

/** A link in a text that a machine wrote is never worth following. */
const LINK = /\b[a-z][a-z0-9+.-]*:\/\/\S*|\bwww\.\S*/gi;

/** Everything that an explainer is told. */
export function factsOf(
  policy: string,
  view: StewardView,
  decision: Decision,
): ExplainedFacts {
  const slot = decision.kind === "hold" ? "royalty" : decision.slot;
  const { value, low, high, step, budgetLeft } = view.slots[slot];
  const targets = [value - step, value, value + step];
  if (decision.kind !== "hold") targets.push(decision.to);
  const distinct = [...new Set(targets.filter((to) => to >= 0))];
  const decided = decision.kind === "hold" ? value : decision.to;
  const newest = view.rounds.at(-1);
  const last = view.own.at(-1);
  const numbers: [string, number | undefined][] = [
    ["time", view.time],
    ["change", newest?.change],
    ["volatility", newest?.volatility],
    ["trend", newest?.trend],
    ["own sales", last?.sales],
    ["own volume", last?.volume],
    ["own burns", last?.burns],
    ["low", low],
    ["high", high],
    ["budget left", budgetLeft],
  ];
  if (decision.kind !== "hold") {
    const { holding, changed, doubt } = decision.expected;
    numbers.push(
      ["expected holding", holding],
      ["expected changed", changed],
      ["doubt", doubt],
    );
  }
  return {
    policy,
    decision: decision.kind,
    why: decision.why,
    options: distinct.map((to) => ({
      slot,
      from: value,
      to,
      decided: to === decided,
    })),
    numbers: Object.fromEntries(
      numbers.flatMap(([name, each]) =>
        each === undefined ? [] : [[name, each]],
      ),
    ),
  };
}

/**
 * Asks for an explanation of what is done already. An explainer that fails, or answers with nothing that can be shown, is said and
 * passed over: no decision waits for it.
 */
export async function explained(
  explainer: Explainer,
  facts: ExplainedFacts,
  {
    progress,
    signal,
  }: { readonly progress: Progress; readonly signal?: AbortSignal },
): Promise<Explanation | undefined> {
  try {
    const { text, ranking } = await explainer.explain(facts, signal);
    // In this order: what is not seen could hide a link.
    const plain = plainText(text, { max: MOST_TEXT });
    const shown = plain.replaceAll(LINK, "[link]").trim();
    if (shown === "") return undefined;
    return { text: shown, ranking: readRanking(ranking, facts.options.length) };
  } catch (error) {
    if (!isLoopError(error)) throw error;
    progress.note(`No explanation (${error.code}): ${error.message}`);
    return undefined;
  }
}

/** Each index once, or it is no ranking. */
function readRanking(
  ranking: unknown,
  options: number,
): readonly number[] | undefined {
  const parsed = z
    .array(
      z
        .int()
        .min(0)
        .max(options - 1),
    )
    .length(options)
    .safeParse(ranking);
  if (!parsed.success) return undefined;
  return new Set(parsed.data).size === options ? parsed.data : undefined;
}
