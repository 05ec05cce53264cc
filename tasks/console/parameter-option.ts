import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import type { ForgeTerms, ParameterChange } from "../../offchain/loop/chain.ts";
import { parseAddress, parseRoyalty, parseWhole } from "./options.ts";

const NOBODY = `0x${"00".repeat(20)}` as const;
const NOTHING = `0x${"00".repeat(32)}` as const;
const MAX_WORKS_PER_DAY = 16_777_215;
const MAX_PARENTS = 15;
const MAX_REPORTERS = 16;
const MAX_URI = 512;

/** Reads `--set NAME=VALUE`; `terms` makes the forge's terms for so many parents, and is asked only for that. */
export async function parseParameter(
  text: string | undefined,
  terms: (parents: number) => Promise<ForgeTerms>,
): Promise<ParameterChange> {
  const [, name = "", value = ""] = /^([a-z-]+)=(.+)$/.exec(text ?? "") ?? [];
  switch (name) {
    case "royalty":
      return { name, royalty: parseRoyalty(value) };
    case "royalty-offer":
      return { name, royalty: parseRoyalty(value), offered: true };
    case "royalty-withdraw":
      return {
        name: "royalty-offer",
        royalty: parseRoyalty(value),
        offered: false,
      };
    case "works-per-day":
      return {
        name,
        limit: parseWhole(value, {
          what: "number of works",
          low: 0,
          high: MAX_WORKS_PER_DAY,
          code: "options/bad-parameter",
        }),
      };
    case "validator":
      return {
        name,
        validator: addressOrNobody(value),
      };
    case "forge":
      return { name, terms: await termsOf(value, terms) };
    case "paused":
      if (value === "yes" || value === "no")
        return { name, paused: value === "yes" };
      break;
    case "oracle":
      return { name, oracle: parseAddress(value) };
    case "contract-uri":
      if (isPage(value)) return { name, uri: value };
      break;
    case "adapters": {
      const [active = "", fallback = "none", ...more] = value.split(",");
      if (more.length > 0) break;
      return {
        name,
        active: addressOrNobody(active),
        fallback: addressOrNobody(fallback),
      };
    }
    case "reporters": {
      const [adapter = "", quorum = "", ...reporters] = value.split(",");
      return {
        name,
        adapter: parseAddress(adapter),
        quorum: parseWhole(quorum, {
          what: "quorum",
          low: 1,
          high: MAX_REPORTERS,
          code: "options/bad-parameter",
        }),
        set: reporters.map((each) => parseAddress(each)).toSorted(),
      };
    }
  }
  throw new FatalError(
    "options/bad-parameter",
    `\`${text ?? "nothing"}\` is no parameter; give --set NAME=VALUE as npx hardhat parameters --help says.`,
  );
}

/** Where marketplaces look: on IPFS, or on the web. */
function isPage(uri: string): boolean {
  return uri.length <= MAX_URI && /^(ipfs|https):\/\/[\x21-\x7e]+$/.test(uri);
}

function addressOrNobody(value: string): Hex {
  return value === "none" || value === NOBODY ? NOBODY : parseAddress(value);
}

async function termsOf(
  value: string,
  terms: (parents: number) => Promise<ForgeTerms>,
): Promise<ForgeTerms> {
  if (value === "closed")
    return { recipe: NOTHING, conditions: NOTHING, parents: 0 };
  return terms(
    parseWhole(value, {
      what: "number of parents",
      low: 2,
      high: MAX_PARENTS,
      code: "options/bad-parameter",
    }),
  );
}
