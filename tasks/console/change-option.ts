import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { SLOTS, type SlotName } from "../../offchain/kernel/slots.ts";
import {
  GOVERNED_JOBS,
  type DaoRule,
  type GovernedChange,
  type GovernedJob,
} from "../../offchain/loop/governed-change.ts";
import type {
  ControllerView,
  DaoTerms,
  SlotLimits,
} from "../../offchain/loop/ports-governance.ts";
import {
  durationText,
  readDuration,
  readSlot,
} from "../../offchain/loop/slot-text.ts";
import { DAY, parseTime } from "../../offchain/market/calendar.ts";
import { parseAddress } from "./options.ts";

/** What a change is completed with: what is in force, and the terms on which works would be forged. */
export interface ChangeContext {
  readonly controller: ControllerView;
  readonly terms: DaoTerms;
  /** Time of the newest block, unix seconds. */
  readonly now: number;
  /** Recipe and conditions of an open forge; the built-in recipe if none is named. */
  readonly forge: (
    recipe: Hex | undefined,
  ) => Promise<{ readonly recipe: Hex; readonly conditions: Hex }>;
}

/** A change as it was typed; it may need the chain to be whole. */
export type TypedChange = (context: ChangeContext) => Promise<GovernedChange>;

type Reader = (value: string, text: string) => TypedChange;

const NOBODY: Hex = `0x${"00".repeat(20)}`;
const NOTHING: Hex = `0x${"00".repeat(32)}`;
const MAX_URI = 512;
const MAX_WORKS_PER_DAY = 16_777_215;

/** Commas end a change only where the next one begins: some values hold commas. */
const BETWEEN =
  /,(?=\s*(?:[a-z][a-z-]*(?:\.[a-z-]+)?=|(?:unfreeze|unpause)\s*(?:,|$)))/;

/**
 * Reads `--set`: one or several changes, commas between them, in the units that people use. Everything that is wrong in itself is refused
 * here, before a chain is asked.
 * @throws FatalError `options/bad-change`, `options/bad-address`.
 */
export function parseChanges(text: string | undefined): TypedChange[] {
  const given = (text ?? "").trim();
  if (given === "") throw bad(text ?? "nothing");
  return given.split(BETWEEN).map((each) => parseChange(each.trim()));
}

function parseChange(text: string): TypedChange {
  const at = text.indexOf("=");
  const name = at === -1 ? text : text.slice(0, at);
  const value = at === -1 ? "" : text.slice(at + 1).trim();
  const [head = "", tail] = name.split(".", 2);
  const reader =
    tail === undefined
      ? (PLAIN.get(head) ?? slotReader(head))
      : dotted(head, tail);
  if (reader === undefined) throw bad(text);
  return reader(value, text);
}

const fixed =
  (change: GovernedChange): TypedChange =>
  () =>
    Promise.resolve(change);

/** Of a flag, such as `unfreeze`; `=yes` says the same. */
const flag =
  (change: GovernedChange): Reader =>
  (value, text) => {
    if (value === "" || value === "yes") return fixed(change);
    throw bad(text);
  };

const rule =
  (name: DaoRule, read: (value: string) => number | undefined): Reader =>
  (value, text) => {
    const number = read(value);
    if (number === undefined) throw bad(text);
    return fixed({ kind: "rule", rule: name, value: number });
  };

/** Everything that is set by one name. */
const PLAIN: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["unfreeze", flag({ kind: "unfreeze" })],
  ["unpause", flag({ kind: "unpause" })],
  ["grant", readGrant],
  ["breaker", readBreaker],
  ["forge", readForge],
  ["royalty-offer", (value, text) => readOffer(value, text, true)],
  ["royalty-withdraw", (value, text) => readOffer(value, text, false)],
  ["voting-delay", rule("voting-delay", readDuration)],
  ["voting-period", rule("voting-period", readDuration)],
  ["late-quorum", rule("late-quorum", readDuration)],
  ["timelock-delay", rule("timelock-delay", readDuration)],
  ["proposal-threshold", rule("proposal-threshold", readCount)],
  ["quorum", rule("quorum", readPercent)],
  [
    "royalty-receiver",
    (value) =>
      fixed({ kind: "royalty-receiver", receiver: parseAddress(value) }),
  ],
  [
    "validator",
    (value) =>
      fixed({
        kind: "validator",
        validator: value === "none" ? NOBODY : parseAddress(value),
      }),
  ],
  ["oracle", (value) => fixed({ kind: "oracle", oracle: parseAddress(value) })],
  [
    "works-per-day",
    (value, text) => {
      const limit = readCount(value);
      if (limit === undefined || limit > MAX_WORKS_PER_DAY) throw bad(text);
      return fixed({ kind: "works-per-day", limit });
    },
  ],
  [
    "adapters",
    (value, text) => {
      const [active = "", fallback = "none", ...more] = value.split(",");
      if (more.length > 0) throw bad(text);
      const [first, second] = [active, fallback].map((each) =>
        each.trim() === "none" ? NOBODY : parseAddress(each.trim()),
      );
      return fixed({
        kind: "adapters",
        active: first as Hex,
        fallback: second as Hex,
      });
    },
  ],
  [
    "contract-uri",
    (value, text) => {
      if (
        value.length > MAX_URI ||
        !/^(ipfs|https):\/\/[\x21-\x7e]+$/.test(value)
      )
        throw bad(text);
      return fixed({ kind: "contract-uri", uri: value });
    },
  ],
]);

function slotReader(name: string): Reader | undefined {
  const slot = SLOTS.find((each) => each === name);
  if (slot === undefined) return undefined;
  return (value, text) => {
    const number = readSlot(slot, value);
    if (number === undefined) throw bad(text);
    return fixed({ kind: "slot", slot, value: number });
  };
}

/** `limits.SLOT`, `job.JOB`, `dismiss.JOB`, `recipe.register`, `dataset.revoke` and their like. */
function dotted(head: string, tail: string): Reader | undefined {
  const slot = SLOTS.find((each) => each === tail);
  if (head === "limits" && slot !== undefined)
    return (value, text) => readLimits(slot, value, text);
  if (head === "recipe" || head === "dataset")
    return tail === "register" || tail === "revoke"
      ? (value, text) => readEntry(head, value, text, tail === "register")
      : undefined;
  const job = GOVERNED_JOBS.find((each) => kebab(each) === tail);
  if (job === undefined || (head !== "job" && head !== "dismiss"))
    return undefined;
  const given = head === "job";
  return (value) =>
    fixed({ kind: "job", job, account: parseAddress(value), given });
}

/** `90d` from when it can be executed at the earliest, counted to the end of that day; a date; or `none`. */
function readGrant(value: string, text: string): TypedChange {
  if (value === "none") return fixed({ kind: "grant", expiry: 0 });
  const date = /^\d{4}-/.test(value) ? parseTime(value) : undefined;
  if (date !== undefined) return fixed({ kind: "grant", expiry: date });
  const seconds = readDuration(value);
  if (seconds === undefined || seconds === 0) throw bad(text);
  return async ({ now, terms }) => {
    const { votingDelay, votingPeriod, timelockDelay } = terms;
    const from = now + votingDelay + votingPeriod + timelockDelay;
    // Whole days, so that the same command gives the same proposal while it is the same day.
    const expiry = Math.ceil((from + seconds) / DAY) * DAY;
    return { kind: "grant", expiry };
  };
}

/** `low:2.5%,high:7.5%,...`; what is left out stays as it is. */
function readLimits(slot: SlotName, value: string, text: string): TypedChange {
  const read = (name: string, part: string): number | undefined =>
    name === "delay" || name === "window"
      ? readDuration(part)
      : readSlot(slot, part);
  const names = ["low", "high", "step", "budget", "delay", "window"] as const;
  const changed: Partial<Record<keyof SlotLimits, number>> = {};
  for (const [name, part] of pairs(value, text)) {
    const known = names.find((each) => each === name);
    const number = read(name, part);
    if (known === undefined || number === undefined || known in changed)
      throw bad(text);
    changed[known] = number;
  }
  return async ({ controller }) => {
    const before = controller.slots.find((each) => each.slot === slot);
    if (before === undefined) throw bad(text);
    return { kind: "limits", slot, limits: { ...before.limits, ...changed } };
  };
}

/** `stale:2d,change:20%,volatility:30%`; what is left out stays as it is. */
function readBreaker(value: string, text: string): TypedChange {
  const changed: Partial<
    Record<"staleAfter" | "maxChange" | "maxVolatility", number>
  > = {};
  for (const [name, part] of pairs(value, text)) {
    const number =
      name === "stale"
        ? readDuration(part)
        : readSlot("odds-sensitivity", part);
    if (number === undefined) throw bad(text);
    if (name === "stale") changed.staleAfter = number;
    else if (name === "change") changed.maxChange = number;
    else if (name === "volatility") changed.maxVolatility = number;
    else throw bad(text);
  }
  return async ({ controller }) => ({
    kind: "breaker",
    ...controller.breaker,
    ...changed,
  });
}

/** `open`, with the built-in recipe; a recipe's id; or `closed`. */
function readForge(value: string, text: string): TypedChange {
  if (value === "closed")
    return fixed({ kind: "forge", recipe: NOTHING, conditions: NOTHING });
  const id = /^0x[0-9a-f]{64}$/i.test(value)
    ? (value.toLowerCase() as Hex)
    : undefined;
  if (id === undefined && value !== "open") throw bad(text);
  return async ({ forge }) => ({ kind: "forge", ...(await forge(id)) });
}

/** A recipe's id, with the root of its dataset behind a colon where it has one; or the root of a dataset. */
function readEntry(
  kind: "recipe" | "dataset",
  value: string,
  text: string,
  registered: boolean,
): TypedChange {
  const words = value.toLowerCase().split(":");
  const most = kind === "recipe" && registered ? 2 : 1;
  if (
    words.length > most ||
    !words.every((word) => /^0x[0-9a-f]{64}$/.test(word))
  )
    throw bad(text);
  const [id, dataset = null] = words as Hex[];
  return kind === "recipe"
    ? fixed({ kind, id: id as Hex, registered, dataset })
    : fixed({ kind, root: id as Hex, registered });
}

/** `RECEIVER:5%`. */
function readOffer(value: string, text: string, offered: boolean): TypedChange {
  const [receiver = "", share = "", ...more] = value.split(":");
  const bps = readSlot("royalty", share);
  if (bps === undefined || more.length > 0) throw bad(text);
  return fixed({
    kind: "royalty-offer",
    receiver: parseAddress(receiver),
    bps,
    offered,
  });
}

function pairs(value: string, text: string): [string, string][] {
  return value.split(",").map((part) => {
    const [name = "", rest, ...more] = part.trim().split(":");
    if (rest === undefined || more.length > 0) throw bad(text);
    return [name, rest];
  });
}

function readCount(value: string): number | undefined {
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Whole percent, up to a hundred. */
function readPercent(value: string): number | undefined {
  const [, digits] = /^(\d{1,3}) *%$/.exec(value) ?? [];
  const percent = digits === undefined ? NaN : Number(digits);
  return percent <= 100 ? percent : undefined;
}

function kebab(job: GovernedJob): string {
  return job.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function bad(text: string): FatalError {
  return new FatalError(
    "options/bad-change",
    `\`${text.slice(0, 200)}\` is nothing that can be proposed; give --set NAME=VALUE as npx hardhat propose --help says, for instance royalty=7.5%, epoch-cadence=${durationText(DAY).replace(" ", "")} or limits.royalty=low:2.5%,high:7.5%.`,
  );
}
