import { readFile } from "node:fs/promises";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { DeadSource, OwnSale, Reading } from "../market/reading.ts";
import { ownSales } from "../market/sources/own-sales.ts";
import { recordedCsv } from "../market/sources/recorded-csv.ts";
import { fetchText, type FetchOptions } from "./fetch-text.ts";
import {
  ETHER,
  RULES,
  SERVICES,
  type Service,
  type Subject,
} from "./market-sources.ts";

/** A source by name: a service, a recorded file, or the collection's own sales. */
export type SourceName = Service | `csv:${string}` | "own-sales";

/** How sources are asked. */
export interface MarketFetchOptions extends Omit<FetchOptions, "headers"> {
  readonly subject?: Subject;
  /** Now, unix seconds: the time of answers that tell none. */
  readonly at: number;
  /** Keys by service, asked for when they are needed, so that nobody types a password for nothing. */
  readonly keys?: Partial<Record<Service, () => Promise<string>>>;
  /** The collection's own sales, read from the chain (`readSales`). */
  readonly sales?: () => Promise<readonly OwnSale[]>;
  /** Other hosts for the services: tests, and a mirror of one's own. */
  readonly hosts?: Partial<Record<Service, string>>;
}

/**
 * Asks every source, all at once; the answers come in the order of the names. A source that is dead, slow, huge, redirected or talks
 * nonsense is a {@link DeadSource} with the code of its error, and never the end of the others.
 * @throws FatalError `market/unknown-source` if a name is none, before anything is asked; what a signal aborts with.
 */
export async function fetchSources(
  names: readonly string[],
  options: MarketFetchOptions,
): Promise<readonly (Reading | DeadSource)[]> {
  // One source counts once, however often it is named.
  const known = new Set(names.map(requireSource));
  return Promise.all(
    [...known].map(async (source): Promise<Reading | DeadSource> => {
      try {
        return await ask(source, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        return toDead(source, error);
      }
    }),
  );
}

/** The source of this name. @throws FatalError `market/unknown-source`. */
export function requireSource(name: string): SourceName {
  if (SERVICES.some((service) => service === name) || name === "own-sales")
    return name as SourceName;
  if (/^csv:./.test(name)) return name as SourceName;
  throw new FatalError(
    "market/unknown-source",
    `No source is called \`${name}\`; the known ones are ${SERVICES.join(", ")}, own-sales and csv:PATH.`,
  );
}

async function ask(
  source: SourceName,
  options: MarketFetchOptions,
): Promise<Reading> {
  if (source === "own-sales") return readOwnSales(options);
  if (source.startsWith("csv:")) return readRecorded(source, options);
  return askService(source as Service, options);
}

async function askService(
  source: Service,
  {
    subject = ETHER,
    at,
    keys = {},
    hosts = {},
    ...options
  }: MarketFetchOptions,
): Promise<Reading> {
  const { host, path, keyHeader, needsKey, read } = RULES[source];
  const url = `${hosts[source] ?? host}${path(subject)}`;
  const key = await keyOf(source, keys[source]);
  if (key === undefined && needsKey) throw noKey(source);
  const headers =
    key === undefined || keyHeader === undefined ? {} : { [keyHeader]: key };
  const text = await fetchText(source, url, { ...options, headers });
  // Errors of the parsers quote what they refuse.
  if (key === undefined || !text.includes(key)) return read(text, at);
  throw new FatalError(
    "market/echoed-key",
    `Source \`${source}\` answers with the key that it was asked with, so nothing of its answer is read; leave it out.`,
  );
}

/** What a key's store says when it has none is not repeated. */
async function keyOf(
  source: Service,
  get: (() => Promise<string>) | undefined,
): Promise<string | undefined> {
  try {
    return await get?.();
  } catch {
    throw noKey(source);
  }
}

function noKey(source: Service): FatalError {
  return new FatalError(
    "market/no-key",
    `Source \`${source}\` has no key; set its configuration variable, or leave the source out.`,
  );
}

async function readRecorded(
  source: string,
  { at }: MarketFetchOptions,
): Promise<Reading> {
  const path = source.slice("csv:".length);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new FatalError(
      "market/unreadable-file",
      `\`${path}\` cannot be read (${reason}); give csv: a file.`,
    );
  }
  return recordedCsv(text, { name: source, at });
}

async function readOwnSales({ sales }: MarketFetchOptions): Promise<Reading> {
  if (sales === undefined) {
    throw new FatalError(
      "market/no-chain",
      "Source `own-sales` is read from a chain, and none is connected; leave it out, or name a network.",
    );
  }
  return ownSales(await sales());
}

/** What is not ours has a text that may hold anything, a key too: only its kind is told. */
function toDead(source: SourceName, error: unknown): DeadSource {
  const dead = { source, kind: kindOf(source) };
  if (isLoopError(error))
    return { ...dead, code: error.code, why: error.message };
  const kind = error instanceof Error ? error.name : "unknown";
  return {
    ...dead,
    code: "market/failed",
    why: `Source \`${source}\` could not be asked or read (${kind}); leave it out.`,
  };
}

function kindOf(source: SourceName): Reading["kind"] {
  if (source === "own-sales") return "sales";
  return source.startsWith("csv:") ? "prices" : RULES[source as Service].kind;
}
