import type { Hex } from "../kernel/bytes.ts";
import { plainText } from "./plain-text.ts";
import type { TargetView } from "./ports-governance-codec.ts";

/** What a voter should look at twice. */
export type SuspicionCode =
  | "look-alike"
  | "unverified"
  | "no-code"
  | "proxy"
  | "delegated"
  | "code-changed"
  | "unknown-call"
  | "value"
  | "rules";

export interface Suspicion {
  readonly code: SuspicionCode;
  /** One sentence. */
  readonly why: string;
}

/** An address that voters know, by the name they know it by. */
export interface KnownAddress {
  readonly name: string;
  readonly address: Hex;
}

/** Digits at each end that people compare. */
const COMPARED = 4;

/** The known address that somebody who compares only the ends takes this one for; undefined if it is known, or like none. */
export function lookAlike(
  address: Hex,
  known: readonly KnownAddress[],
): KnownAddress | undefined {
  if (known.some((each) => each.address === address)) return undefined;
  const ends = (text: Hex): string =>
    text.slice(2, 2 + COMPARED) + text.slice(-COMPARED);
  return known.find((each) => ends(each.address) === ends(address));
}

/** Letters that are drawn like others; accents, capitals and everything that is no letter fall away before. */
const DRAWN_ALIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "0": "o",
    "1": "l",
    i: "l",
    ı: "l",
    а: "a",
    α: "a",
    е: "e",
    ε: "e",
    о: "o",
    ο: "o",
    р: "p",
    ρ: "p",
    с: "c",
    ѕ: "s",
    т: "t",
    τ: "t",
    ѵ: "v",
    ν: "v",
    х: "x",
    у: "y",
    ԁ: "d",
    ɡ: "g",
    ո: "n",
  }),
);

/** What a name looks like to somebody who reads fast. */
export function skeleton(name: string): string {
  const letters = name.normalize("NFKD").toLowerCase();
  return Array.from(letters)
    .filter((each) => /[\p{L}\p{N}]/u.test(each))
    .map((each) => DRAWN_ALIKE.get(each) ?? each)
    .join("");
}

/** What is odd about a target that is none of the deployment's contracts, or about its code. */
export function suspectTarget(
  address: Hex,
  view: TargetView,
  {
    known,
    names,
    own,
  }: {
    readonly known: readonly KnownAddress[];
    /** Names of contracts that voters know. */
    readonly names: readonly string[];
    /** What the deployment calls this contract; undefined if it is none of it. */
    readonly own: string | undefined;
  },
): Suspicion[] {
  const found: Suspicion[] = [];
  const like = lookAlike(address, known);
  if (like !== undefined) found.push(mistaken(address, like));
  if (own === undefined)
    found.push({
      code: "unverified",
      why: `${address} is no contract of this deployment.`,
    });
  const shown = plainText(view.name ?? "", { max: 64, line: true });
  const taken = names.find((name) => skeleton(name) === skeleton(shown));
  if (own === undefined && shown !== "" && taken !== undefined)
    found.push({
      code: "look-alike",
      why: `${address} calls itself \`${shown}\`, which ${taken} is called here.`,
    });
  const whose =
    view.implementation === undefined ? "another's" : view.implementation;
  if (view.kind === "none")
    found.push({
      code: "no-code",
      why: `${address} has no code: a call of it does nothing, now.`,
    });
  if (view.kind === "delegated")
    found.push({
      code: "delegated",
      why: `${address} is an account that runs the code of ${whose} and can change that at any time (EIP-7702).`,
    });
  if (view.kind === "proxy" || view.kind === "clone")
    found.push({
      code: "proxy",
      why: `${address} is a proxy and runs the code of ${whose}${view.kind === "proxy" ? ", which can be changed" : ""}.`,
    });
  return found;
}

/** Of an address in the place of another one. */
export function mistaken(address: Hex, like: KnownAddress): Suspicion {
  return {
    code: "look-alike",
    why: `${address} begins and ends like ${like.name} (${like.address}) and is another address.`,
  };
}
