import { FatalError } from "../../offchain/kernel/errors.ts";
import { ADAPTER_KINDS, type AdapterKind } from "../../offchain/loop/chain.ts";
import { parseWhole } from "./options.ts";

/** Sources that are asked over the network or read from the chain, as offchain/adapters/market-fetch.ts calls them. */
export const LIVE_SOURCES = [
  "coingecko",
  "coinbase",
  "fear-and-greed",
  "opensea",
  "own-sales",
] as const;
type LiveSource = (typeof LIVE_SOURCES)[number];

/** What is looked at where nothing else is asked for and the chain is no development chain: none of them needs a key. */
export const DEFAULT_SOURCES = [
  "coingecko",
  "coinbase",
  "fear-and-greed",
] as const satisfies readonly LiveSource[];

/**
 * One thing that is looked at: OpenSea by the name that a collection has there; a file without a path is the product's own synthetic
 * sample.
 */
export type SourceChoice =
  | { readonly live: LiveSource; readonly slug?: string }
  | { readonly csv: string | undefined };

/** Most sources of one observation. */
const MAX_SOURCES = 16;

/**
 * `--source`, names with commas between them, and `--market FILE`, which is `--source csv:FILE`; undefined where neither is given.
 * @throws FatalError `options/unknown-source`.
 */
export function parseSources({
  source,
  market,
}: {
  readonly source: string | undefined;
  readonly market: string | undefined;
}): readonly SourceChoice[] | undefined {
  if (source === undefined && market === undefined) return undefined;
  const names = source === undefined ? [] : source.split(",");
  const chosen = names.map((name) => sourceOf(name.trim()));
  if (market !== undefined) chosen.push({ csv: market });
  const distinct = new Set(
    chosen.map((each) => ("live" in each ? each.live : `csv:${each.csv}`)),
  );
  if (distinct.size === chosen.length && chosen.length <= MAX_SOURCES)
    return chosen;
  throw new FatalError(
    "options/unknown-source",
    `\`${source ?? market}\` names a source twice, or more than ${MAX_SOURCES}; give each once.`,
  );
}

function sourceOf(name: string): SourceChoice {
  const live = LIVE_SOURCES.find((known) => known === name);
  if (live !== undefined && live !== "opensea") return { live };
  const slug = /^opensea:([a-z0-9][a-z0-9_-]{0,99})$/.exec(name)?.[1];
  if (slug !== undefined) return { live: "opensea", slug };
  const file = name.startsWith("csv:") ? name.slice("csv:".length) : "";
  if (file !== "") return { csv: file };
  throw new FatalError(
    "options/unknown-source",
    `\`${name}\` is no source; give --source with some of ${LIVE_SOURCES.map((one) => (one === "opensea" ? "opensea:COLLECTION" : one)).join(", ")}, csv:FILE, commas between them.`,
  );
}

/** `--adapter`; undefined where it is left out. */
export function parseAdapter(
  text: string | undefined,
): AdapterKind | undefined {
  if (text === undefined) return undefined;
  const kind = ADAPTER_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new FatalError(
    "options/unknown-adapter",
    `\`${text}\` is no adapter; give --adapter with one of ${ADAPTER_KINDS.join(", ")}.`,
  );
}

/** Seconds from one look to the next where nothing else is said. */
const WATCH_EVERY = 3_600;

/**
 * `--watch` with `--every`: seconds from one look to the next; undefined where it is not watched.
 * @throws FatalError `options/bad-watch` together with what looks once, or at the past.
 */
export function parseWatch({
  watch,
  every,
  replay,
  at,
  date,
  dryRun,
}: {
  readonly watch: boolean;
  readonly every: string | undefined;
  readonly replay: string | undefined;
  readonly at: string | undefined;
  readonly date: string | undefined;
  readonly dryRun: boolean;
}): number | undefined {
  if (!watch) return undefined;
  const others = { replay, at, date, "dry-run": dryRun || undefined };
  for (const [name, value] of Object.entries(others))
    if (value !== undefined)
      throw new FatalError(
        "options/bad-watch",
        `\`--watch\` looks at the market as it is, again and again; leave --${name} out.`,
      );
  return parseWhole(every ?? `${WATCH_EVERY}`, {
    what: "number of seconds",
    low: 1,
    high: 86_400,
    code: "options/bad-watch",
  });
}

/** `--reports`: files or folders, commas between them. */
export function parseReports(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
