import { FatalError } from "../../offchain/kernel/errors.ts";
import type { Policy } from "../../offchain/steward/policy.ts";
import { POLICIES } from "../../offchain/steward/policies.ts";
import { parseWhole } from "./options.ts";

/** Seconds between two looks for a new round where nothing else is said: asking for one costs little. */
const LOOK_EVERY = 60;

/** `--policy`; the first one when left out. @throws FatalError `options/unknown-policy`. */
export function parsePolicy(text: string | undefined): Policy {
  const found = POLICIES.find(({ name }, i) =>
    text === undefined ? i === 0 : name === text,
  );
  if (found !== undefined) return found;
  throw new FatalError(
    "options/unknown-policy",
    `\`${text}\` is no policy; give --policy with one of ${POLICIES.map(({ name }) => name).join(", ")}.`,
  );
}

/**
 * `--watch` with `--every`: seconds between two looks; undefined where it looks once.
 * @throws FatalError `options/bad-watch` together with what looks once.
 */
export function parseLooking({
  watch,
  every,
  dryRun,
  replay,
}: {
  readonly watch: boolean;
  readonly every: string | undefined;
  readonly dryRun: boolean;
  readonly replay: boolean;
}): number | undefined {
  if (replay && (watch || dryRun || every !== undefined))
    throw new FatalError(
      "options/bad-watch",
      "`--replay` reads the journal and does nothing else; give it alone.",
    );
  if (!watch && every === undefined) return undefined;
  if (!watch || dryRun)
    throw new FatalError(
      "options/bad-watch",
      `\`${watch ? "--watch" : "--every"}\` is for looking again and again; ${watch ? "leave --dry-run out" : "give --watch with it"}.`,
    );
  return parseWhole(every ?? `${LOOK_EVERY}`, {
    what: "number of seconds",
    low: 1,
    high: 86_400,
    code: "options/bad-watch",
  });
}

/** `--explain-with`, the model behind `#`; undefined where nothing explains. @throws FatalError `options/bad-explainer`. */
export function parseExplainer(
  text: string | undefined,
): { readonly url: string; readonly model: string } | undefined {
  if (text === undefined) return undefined;
  const [, url, model] = /^([^#\s]+)#([\w./:@-]{1,100})$/.exec(text) ?? [];
  if (url !== undefined && model !== undefined) return { url, model };
  throw new FatalError(
    "options/bad-explainer",
    "`--explain-with` does not name an address and a model; give https://HOST/v1#MODEL.",
  );
}
