import { FatalError } from "../../offchain/kernel/errors.ts";
import { parseTokens, parseWhole } from "./options.ts";

/** Most gateways that one command asks. */
const MAX_GATEWAYS = 20;

/** `--port`: 8080 when left out; 0 for any that is free. */
export function parsePort(text = "8080"): number {
  return parseWhole(text, {
    what: "port",
    low: 0,
    high: 65_535,
    code: "options/bad-port",
  });
}

/** `--host`: this machine alone when left out. */
export function parseHost(text = "127.0.0.1"): string {
  if (/^[0-9a-zA-Z.:-]{1,253}$/.test(text)) return text;
  throw new FatalError(
    "options/bad-host",
    `\`${text}\` is no address to listen at; give --host one such as 127.0.0.1, or 0.0.0.0 for everybody.`,
  );
}

/** `--gateway`: addresses of public gateways, without a path of their own. */
export function parseGateways(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const addresses = text.split(",").map((part) => URL.parse(part.trim()));
  const origins = addresses.flatMap((address) =>
    address !== null &&
    /^https?:$/.test(address.protocol) &&
    `${address.username}${address.password}${address.search}${address.hash}` ===
      "" &&
    /^\/(ipfs\/?)?$/.test(address.pathname)
      ? [address.origin]
      : [],
  );
  if (origins.length === addresses.length && origins.length <= MAX_GATEWAYS)
    return origins;
  throw new FatalError(
    "options/bad-gateway",
    `\`${text}\` is no list of gateways; give --gateway with addresses such as https://ipfs.io.`,
  );
}

/** `--tokens`, which may be left out: then every living work. */
export function parseSomeTokens(
  text: string | undefined,
): readonly bigint[] | undefined {
  return text === undefined ? undefined : parseTokens(text);
}
