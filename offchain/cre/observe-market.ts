import { ok, text, type HTTPSendRequester } from "@chainlink/cre-sdk";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import { packObservation } from "../kernel/observation.ts";
import { observeSources } from "../market/observe-sources.ts";
import type { DeadSource, Reading } from "../market/reading.ts";
import { coinbase } from "../market/sources/coinbase.ts";
import { coingecko } from "../market/sources/coingecko.ts";
import { fearAndGreed } from "../market/sources/fear-and-greed.ts";
import type { Config, SourceName } from "./config.ts";

/** The product's own parsers: what they refuse there, they refuse here. */
const READERS: Readonly<
  Record<
    SourceName,
    {
      readonly kind: Reading["kind"];
      readonly read: (text: string) => Reading;
    }
  >
> = {
  coingecko: { kind: "prices", read: coingecko },
  coinbase: { kind: "prices", read: coinbase },
  "fear-and-greed": { kind: "sentiment", read: fearAndGreed },
};

const SOURCES = ["coingecko", "coinbase", "fear-and-greed"] as const;

/** For one source; CRE gives a call to a capability three minutes. */
const TIMEOUT = "9s";

/**
 * What one node sees: asks the sources, one after another, and packs what they say together. The product's `observeSources`, so the
 * same answers make the same bytes.
 * @param at unix seconds, the same for every node.
 * @throws FatalError of `observeSources` if nothing is left.
 */
export function observeMarket(
  requester: HTTPSendRequester,
  { urls }: Config,
  at: number,
): string {
  const readings = SOURCES.flatMap((name) => {
    const url = urls[name];
    return url === undefined ? [] : [ask(requester, name, url)];
  });
  return packObservation(observeSources(readings, { at }).observation);
}

function ask(
  requester: HTTPSendRequester,
  source: SourceName,
  url: string,
): Reading | DeadSource {
  const { kind, read } = READERS[source];
  try {
    const answer = requester
      .sendRequest({ url, method: "GET", timeout: TIMEOUT })
      .result();
    if (!ok(answer)) {
      throw new FatalError(
        "market/refused",
        `Source \`${source}\` answered ${answer.statusCode}.`,
      );
    }
    return read(text(answer));
  } catch (error) {
    // A source that fails in whatever way is missing, and the others speak.
    return isLoopError(error)
      ? { source, kind, code: error.code, why: error.message }
      : {
          source,
          kind,
          code: "market/unreachable",
          why: `Source \`${source}\` could not be asked.`,
        };
  }
}
