import type { Json } from "../../offchain/kernel/json.ts";
import type { DecodedCall } from "../../offchain/loop/decode-calls.ts";
import type {
  ListedSlot,
  ParameterList,
} from "../../offchain/loop/list-parameters.ts";
import type { ListedProposal } from "../../offchain/loop/list-proposals.ts";
import {
  durationText,
  momentText,
  percentText,
  slotText,
} from "../../offchain/loop/slot-text.ts";
import { table } from "./table.ts";

/** Calls in words, numbered, with what is odd about each below it. */
export function callLines(calls: readonly DecodedCall[]): string[] {
  return calls.flatMap(({ sentence, suspicions }, i) => [
    `  ${i + 1}. ${sentence}`,
    ...suspicions.map(({ code, why }) => `     ! ${code}: ${why}`),
  ]);
}

/** What values of other kinds become in a document: votes and amounts as decimal text. */
export function plainDocument(value: unknown): Json {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === "bigint" ? `${each}` : each,
    ),
  ) as Json;
}

/** Proposals, newest first, for a person. */
export function proposalLines(
  proposals: readonly ListedProposal[],
  network: string,
): string[] {
  if (proposals.length === 0)
    return [`Nothing was proposed on ${network} yet.`];
  return proposals
    .toReversed()
    .flatMap((proposal, i) => [
      ...(i === 0 ? [] : [""]),
      `${proposal.state.toUpperCase()}  ${proposal.title}`,
      `  Proposal ${proposal.id}`,
      `  By ${proposal.proposer}; votes count from ${momentText(proposal.snapshot)} to ${momentText(proposal.deadline)}`,
      ...callLines(proposal.calls),
      `  Votes: ${proposal.tally}.`,
      `  ${proposal.next.sentence}`,
    ]);
}

const HINDRANCES: Readonly<
  Record<Exclude<ListedSlot["hindered"], null>, string>
> = {
  "none-appointed": "the DAO alone: there is no steward",
  "grant-over": "the DAO alone: the grant is over",
  frozen: "the DAO alone: the steward is frozen",
  "no-step": "the DAO alone",
};

/** The parameters and their boxes, for a person. */
export function parameterLines(list: ParameterList): string[] {
  const { slots, time, breaker, stewards, offered } = list;
  const rows = slots.map((slot) => {
    const say = (value: number): string => slotText(slot.slot, value);
    const { low, high, step, delay } = slot.limits;
    return [
      slot.slot,
      say(slot.value),
      `${say(low)} to ${say(high)}`,
      say(slot.cap),
      step === 0 ? "-" : `${say(step)} every ${durationText(delay)}`,
      `${say(slot.budgetLeft)} of ${say(slot.limits.budget)}`,
      mover(slot, time),
    ];
  });
  return [
    ...table(
      [
        "parameter",
        "value",
        "bounds",
        "cap",
        "step",
        "budget left",
        "who may move it, besides a vote",
      ],
      rows,
    ),
    "",
    `Royalties go to ${list.receiver}.`,
    `Steward: ${stewards.length === 0 ? "none" : stewards.join(", ")}${offered.length === 0 ? "" : ` (offered to ${offered.join(", ")})`}; granted until ${list.grantExpires === 0 ? "never" : momentText(list.grantExpires)}${list.frozen ? "; frozen by the guardian" : ""}.`,
    `He may not act on a round older than ${durationText(breaker.staleAfter)}, on a change above ${percentText(breaker.maxChange)}, or on a volatility above ${percentText(breaker.maxVolatility)}.`,
  ];
}

function mover({ hindered, next }: ListedSlot, time: number): string {
  if (hindered !== null) return HINDRANCES[hindered];
  return next === null || next <= time
    ? "the steward, now"
    : `the steward, from ${momentText(next)}`;
}
