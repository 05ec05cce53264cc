import type { Hex } from "../kernel/bytes.ts";
import type { SlotName } from "../kernel/slots.ts";
import type {
  DaoRule,
  GovernedChange,
  GovernedJob,
} from "./governed-change.ts";
import { plainText } from "./plain-text.ts";
import type {
  ControllerView,
  DaoTerms,
  SlotLimits,
} from "./ports-governance.ts";
import {
  durationText,
  momentText,
  percentText,
  slotText,
} from "./slot-text.ts";

/** What is in force, so that a sentence can say from where; what is left out is not said. */
export interface InForce {
  readonly controller?: ControllerView | undefined;
  readonly terms?: DaoTerms | undefined;
}

const NOBODY = /^0x0+$/;

/** How the slots are called in a sentence. */
export const SLOT_NAMES: Readonly<Record<SlotName, string>> = {
  royalty: "royalty",
  "burn-count": "works burned for a child",
  "mint-price": "mint price",
  "epoch-cadence": "least time between epochs",
  "guard-threshold": "guard threshold",
  "odds-sensitivity": "odds sensitivity",
};

const JOB_NAMES: Readonly<Record<GovernedJob, string>> = {
  operator: "operator",
  registrar: "registrar",
  guardian: "guardian",
  parameterAuthority: "parameter authority",
  publisher: "publisher",
  voucherSigner: "voucher signer",
  steward: "steward",
};

const RULE_NAMES: Readonly<Record<DaoRule, string>> = {
  "voting-delay": "time from a proposal to its voting",
  "voting-period": "time to vote",
  "late-quorum": "time to vote after a late quorum",
  "timelock-delay": "time from a vote to its execution",
  "proposal-threshold": "votes that a proposal needs to be made",
  quorum: "quorum",
};

/** One sentence for one change: every number of it, and what it was before. */
export function tellChange(
  change: GovernedChange,
  { controller, terms }: InForce = {},
): string {
  switch (change.kind) {
    case "slot": {
      const { slot, value } = change;
      const before = controller?.slots.find((each) => each.slot === slot);
      const from =
        before === undefined ? "" : ` from ${slotText(slot, before.value)}`;
      return `Set the ${SLOT_NAMES[slot]}${from} to ${slotText(slot, value)}.`;
    }
    case "limits":
      return `Let the steward move the ${SLOT_NAMES[change.slot]} ${limitsText(change.slot, change.limits)}.`;
    case "grant":
      return change.expiry === 0
        ? "End the steward's grant."
        : `Let the steward act until ${momentText(change.expiry)}.`;
    case "breaker":
      return `Stop the steward when the newest round is older than ${durationText(change.staleAfter)}, moved by more than ${percentText(change.maxChange)}, or swings by more than ${percentText(change.maxVolatility)}.`;
    case "unfreeze":
      return "Let the frozen steward go on.";
    case "unpause":
      return "Let minting and forging go on after the guardian's pause.";
    case "royalty-receiver":
      return `Pay royalties to ${change.receiver}${controller === undefined ? "" : ` instead of ${controller.receiver}`}.`;
    case "royalty-offer":
      return `${change.offered ? "Offer" : "No longer offer"} new batches a royalty of ${percentText(change.bps)} to ${change.receiver}.`;
    case "works-per-day":
      return `Let at most ${change.limit} works be made a day.`;
    case "forge":
      return NOBODY.test(change.recipe) && NOBODY.test(change.conditions)
        ? "Close the forge."
        : `Forge under recipe ${change.recipe} with conditions ${change.conditions}.`;
    case "validator":
      return `Ask ${nobody(change.validator)} before transfers.`;
    case "job":
      return change.given
        ? `Offer ${change.account} the job of the ${JOB_NAMES[change.job]}.`
        : `Take the job of the ${JOB_NAMES[change.job]} from ${change.account}.`;
    case "rule": {
      const before = terms && ruleNow(change.rule, terms);
      const from =
        before === undefined ? "" : ` from ${ruleText(change.rule, before)}`;
      return `Set the DAO's ${RULE_NAMES[change.rule]}${from} to ${ruleText(change.rule, change.value)}.`;
    }
    case "oracle":
      return `Take rounds from the oracle ${change.oracle}.`;
    case "adapters":
      return `Have the oracle hear ${nobody(change.active)}, and ${nobody(change.fallback)} when that is silent.`;
    case "recipe":
      if (!change.registered) return `Revoke recipe ${change.id} for ever.`;
      return `Register recipe ${change.id}${change.dataset === null ? "" : `, made from dataset ${change.dataset}`}.`;
    case "dataset":
      return change.registered
        ? `Register dataset ${change.root}.`
        : `Revoke dataset ${change.root} for ever, and every recipe of it.`;
    case "contract-uri":
      return `Name ${plainText(change.uri, { max: 512, line: true })} as the collection's page.`;
  }
}

/** Limits in words: from where to where, how far at once, how often, and how far in all. */
export function limitsText(slot: SlotName, limits: SlotLimits): string {
  const { low, high, step, budget, delay, window } = limits;
  const say = (value: number): string => slotText(slot, value);
  return `between ${say(low)} and ${say(high)}, by at most ${say(step)} every ${durationText(delay)}, and by at most ${say(budget)} in all within ${durationText(window)}`;
}

/** A rule's number in its unit. */
export function ruleText(rule: DaoRule, value: number): string {
  if (rule === "quorum") return `${value} % of the wrapped works`;
  return rule === "proposal-threshold" ? `${value} votes` : durationText(value);
}

function ruleNow(rule: DaoRule, terms: DaoTerms): number | undefined {
  switch (rule) {
    case "voting-delay":
      return terms.votingDelay;
    case "voting-period":
      return terms.votingPeriod;
    case "timelock-delay":
      return terms.timelockDelay;
    case "proposal-threshold":
      return Number(terms.proposalThreshold);
    case "quorum":
      return terms.quorumPercent;
    case "late-quorum":
      return undefined;
  }
}

function nobody(address: Hex): string {
  return NOBODY.test(address) ? "nobody" : address;
}
