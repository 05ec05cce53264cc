import { fromHex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import { packObservation } from "../kernel/observation.ts";
import { DAY } from "../market/calendar.ts";
import { observeSources } from "../market/observe-sources.ts";
import type { DeadSource, Reading } from "../market/reading.ts";
import { coinbase } from "../market/sources/coinbase.ts";
import { coingecko } from "../market/sources/coingecko.ts";
import { fearAndGreed } from "../market/sources/fear-and-greed.ts";
import { lowerMedian } from "../market/statistics.ts";
import type { Query } from "./queries.ts";
import { QUERY_LIMIT } from "./request.ts";

/** What a node of the DON gives the script, as far as it is used here. */
export interface DonFunctions {
  makeHttpRequest(request: {
    readonly url: string;
    readonly timeout: number;
  }): Promise<{ readonly error: boolean; readonly data?: unknown }>;
}

/** Longest a query may take, ms: what a DON allows. */
const TIMEOUT = 9_000;

/** How each source is read, and how many days its newest one ends before it is over: a venue tells the running day too. */
const SOURCES: Readonly<Record<Query["source"], Source>> = {
  coingecko: { kind: "prices", read: coingecko, over: 1 },
  coinbase: { kind: "prices", read: coinbase, over: 0 },
  "fear-and-greed": { kind: "sentiment", read: fearAndGreed, over: 0 },
};

interface Source {
  readonly kind: Reading["kind"];
  readonly read: (body: unknown) => Reading;
  readonly over: 0 | 1;
}

/**
 * What each node runs: asks every source that the arguments name, and gives the 32 bytes of one observation. There is no clock in it:
 * the moment is the lower median of when the sources' newest days were over, so that nodes which look minutes apart give the same
 * bytes, and one source of three cannot move it.
 * @param args `source=url` each, see `queryArgs`.
 * @throws FatalError `don/bad-arguments`, `market/...` if nothing can be observed.
 */
export async function observeMarket(
  functions: DonFunctions,
  args: readonly string[],
): Promise<Uint8Array> {
  if (args.length === 0 || args.length > QUERY_LIMIT)
    throw new FatalError(
      "don/bad-arguments",
      `${args.length} queries were given; give 1 to ${QUERY_LIMIT}.`,
    );
  const answers = await Promise.all(args.map((arg) => ask(functions, arg)));
  const moments = answers.flatMap(({ moment }) =>
    moment === undefined ? [] : [BigInt(moment)],
  );
  const { observation } = observeSources(
    answers.map(({ reading }) => reading),
    { at: Number(lowerMedian(moments)) },
  );
  return fromHex(packObservation(observation));
}

/** What one source says, and the second up to which it knows what was; undefined where it knows nothing. */
async function ask(
  functions: DonFunctions,
  arg: string,
): Promise<{
  readonly reading: Reading | DeadSource;
  readonly moment?: number;
}> {
  const at = arg.indexOf("=");
  const source = arg.slice(0, at);
  const known = Object.entries(SOURCES).find(([name]) => name === source)?.[1];
  if (known === undefined)
    throw new FatalError(
      "don/bad-arguments",
      `\`${source}\` is no source; give source=url.`,
    );
  const { kind, read, over } = known;
  const { error, data } = await functions.makeHttpRequest({
    url: arg.slice(at + 1),
    timeout: TIMEOUT,
  });
  try {
    const reading = read(error ? undefined : data);
    const day =
      reading.kind === "prices" ? reading.series.days.at(-1)?.day : undefined;
    if (day !== undefined) return { reading, moment: (day + over) * DAY };
    return reading.kind === "sentiment"
      ? { reading, moment: reading.time }
      : { reading };
  } catch (problem) {
    if (!isLoopError(problem)) throw problem;
    const { code, message: why } = problem;
    return { reading: { source, kind, code, why } };
  }
}
