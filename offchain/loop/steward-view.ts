import { unpackObservation } from "../kernel/observation.ts";
import type { SlotName } from "../kernel/slots.ts";
import { MARKET_FIELDS } from "../market/reading.ts";
import type { MarketPoint, SlotState, StewardView } from "../steward/policy.ts";
import type { Chain, RoundEvent } from "./chain.ts";
import type { SlotView } from "./ports-governance.ts";
import { ownPeriods } from "./steward-own.ts";
import type { ObservePorts } from "./steward-ports.ts";

/** Rounds that a view goes back, at most: more than any policy remembers, and it stays below a quarter of a megabyte. */
const MOST_ROUNDS = 800;

/** Headers that are asked for at once. */
const AT_ONCE = 16;

/** Volume is observed in thousandths, and everything here is in millionths. */
const THOUSAND = 1_000;

const NOBODY = `0x${"00".repeat(20)}`;

/**
 * Reads all that a decision may rest on: rounds, our own sales, burns, acts, and the box. Only numbers come in; names and metadata of
 * works are not even read.
 */
export async function observeView({
  chain,
  governance,
  sales,
}: ObservePorts): Promise<StewardView> {
  const controller = await governance.controller();
  const events = (await chain.rounds()).slice(-MOST_ROUNDS);
  const times = await timesOf(chain, events);
  const height = await chain.height();
  const acts = [
    ...(await chain.attunedEvents(height)),
    ...(await chain.pinEvents(height)),
  ];
  const burns = (await chain.transfers()).filter(({ to }) => to === NOBODY);
  const changes = (await governance.changes()).filter(
    ({ slot }) => slot === "royalty",
  );
  const slots = slotsOf(controller.slots);
  const cuts = events.map(({ block }, i) => ({ block, time: times[i] ?? 0 }));
  return {
    time: await governance.now(),
    slots,
    rounds: events.map((event, i) => pointOf(event, times[i] ?? 0)),
    own: ownPeriods(cuts, {
      sales: await sales(),
      burns: burns.map(({ block }) => block),
      acts: acts.map(({ block }) => block),
      changes,
      royalty: slots.royalty.value,
    }),
    frozen: controller.frozen,
    grantExpires: controller.grantExpires,
    breaker: controller.breaker,
  };
}

function slotsOf(views: readonly SlotView[]): Record<SlotName, SlotState> {
  const states = views.map(({ slot, value, limits, spent, movedAt }) => {
    const { low, high, step, delay, budget } = limits;
    const budgetLeft = Math.max(0, budget - spent);
    const next = movedAt === 0 ? 0 : movedAt + delay;
    return [slot, { value, low, high, step, delay, budgetLeft, next }];
  });
  return Object.fromEntries(states) as Record<SlotName, SlotState>;
}

function pointOf(
  { round, observation }: RoundEvent,
  time: number,
): MarketPoint {
  const seen = unpackObservation(observation);
  const fields = MARKET_FIELDS.flatMap((field) =>
    seen.present[field]
      ? [[field, field === "volume" ? seen[field] * THOUSAND : seen[field]]]
      : [],
  );
  return { round, time, ...Object.fromEntries(fields) };
}

/** When each was accepted. */
async function timesOf(
  chain: Pick<Chain, "blockByNumber">,
  events: readonly RoundEvent[],
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let first = 0; first < events.length; first += AT_ONCE) {
    const some = events.slice(first, first + AT_ONCE);
    const headers = await Promise.all(
      some.map(({ block }) => chain.blockByNumber(block)),
    );
    times.push(...headers.map(({ timestamp }) => timestamp));
  }
  return times;
}
