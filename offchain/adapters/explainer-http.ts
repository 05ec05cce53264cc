import { z } from "zod";

import {
  FatalError,
  isLoopError,
  RetryableError,
  type LoopError,
} from "../kernel/errors.ts";
import type {
  ExplainedFacts,
  Explainer,
  RawExplanation,
} from "../loop/ports-explainer.ts";

export interface ExplainerOptions {
  /** Base address of an OpenAI-compatible interface, such as `https://host/v1`. */
  readonly url: string;
  readonly model: string;
  /** Sent to that host only, and never shown. */
  readonly key?: string | undefined;
  /** For tests. */
  readonly fetch?: typeof fetch;
  /** From the first byte sent to the last byte read, ms. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
const MOST_BYTES = 65_536;
const MOST_TOKENS = 500;

/** What it is asked for. It is never told a name of a work, and has nothing to call. */
const TASK =
  'You explain a parameter change of an art collection to its holders. You get one JSON object: numbers, and codes of ours. The decision is made and cannot be changed. Amounts are millionths of the quote unit, rates are hundredths of a percent. Answer with one JSON object and nothing else: {"text": at most five plain sentences without links, "ranking": the indices of all options, the best first}.';

const completion = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string() }) }))
    .min(1),
});

const content = z.object({ text: z.string(), ranking: z.unknown() });

/** A language model behind an OpenAI-compatible `chat/completions`, asked for words and nothing else. */
export function createHttpExplainer(options: ExplainerOptions): Explainer {
  const page = requireUrl(options.url);
  return {
    async explain(facts, signal) {
      const text = await ask(page, options, facts, signal);
      return readAnswer(page, text);
    },
  };
}

async function ask(
  page: URL,
  { model, key, fetch: fetchWith = fetch, timeout = TIMEOUT }: ExplainerOptions,
  facts: ExplainedFacts,
  signal: AbortSignal | undefined,
): Promise<string> {
  const late = AbortSignal.timeout(timeout);
  try {
    const answer = await fetchWith(page, {
      method: "POST",
      // A redirect would take the key elsewhere.
      redirect: "manual",
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      headers: {
        "content-type": "application/json",
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        temperature: 0,
        max_tokens: MOST_TOKENS,
        messages: [
          { role: "system", content: TASK },
          { role: "user", content: JSON.stringify(facts) },
        ],
      }),
    });
    if (answer.ok) return await readBounded(page, answer);
    await answer.body?.cancel();
    const { status } = answer;
    if (status === 429 || status >= 500) throw unreachable(page, `${status}`);
    throw new FatalError(
      "explainer/refused",
      `\`${page.host}\` answered ${status}; check the address, the model and the key of --explain-with.`,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (isLoopError(error)) throw error;
    throw unreachable(page, late.aborted ? "nothing in time" : "no connection");
  }
}

async function readBounded(page: URL, answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) throw badAnswer(page);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function readAnswer(page: URL, text: string): RawExplanation {
  const whole = completion.safeParse(json(text));
  const said = whole.data?.choices[0]?.message.content ?? "";
  const parsed = content.safeParse(json(said));
  if (!parsed.success) throw badAnswer(page);
  return { text: parsed.data.text, ranking: parsed.data.ranking };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys travel encrypted, except to this machine. */
function requireUrl(url: string): URL {
  const base = URL.parse(url);
  const local = ["127.0.0.1", "localhost"].includes(base?.hostname ?? "");
  const safe =
    base?.protocol === "https:" || (base?.protocol === "http:" && local);
  if (base !== null && safe && base.username === "" && base.password === "")
    return new URL(
      `${base.pathname.replace(/\/$/, "")}/chat/completions`,
      base,
    );
  throw new FatalError(
    "explainer/bad-url",
    "`--explain-with` is no https address (http only on this machine, no password in it); give https://HOST/v1#MODEL.",
  );
}

function unreachable({ host }: URL, what: string): LoopError {
  return new RetryableError(
    "explainer/unreachable",
    `\`${host}\` gave ${what}; the decision stands without an explanation.`,
  );
}

function badAnswer({ host }: URL): LoopError {
  return new FatalError(
    "explainer/bad-answer",
    `\`${host}\` did not answer as it was asked to; choose another model for --explain-with.`,
  );
}
