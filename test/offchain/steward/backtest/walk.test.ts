import { expect } from "chai";
import fc from "fast-check";

import { BREAKER } from "../../../../offchain/steward/backtest/run.ts";
import {
  createSlot,
  ROYALTY_LIMITS,
} from "../../../../offchain/steward/backtest/slot.ts";
import type { Tape } from "../../../../offchain/steward/backtest/tape.ts";
import { walk } from "../../../../offchain/steward/backtest/walk.ts";
import { banditPolicy } from "../../../../offchain/steward/bandit.ts";
import type {
  Policy,
  StewardView,
} from "../../../../offchain/steward/policy.ts";
import { rulesPolicy } from "../../../../offchain/steward/rules.ts";
import {
  madeUpSales,
  OPEN,
  pusher,
  tapeOfRows,
  worldOf,
} from "../../../kit/recorded-sales.ts";

const rows = madeUpSales({ days: 90, rate: 5 });
const limits = ROYALTY_LIMITS;
const walkOn = (policy: Policy, tape: Tape, breaker = OPEN) =>
  walk(policy, { tape, world: worldOf(tape), first: 40, limits, breaker });

describe("offchain/steward/backtest/walk", () => {
  const tape = tapeOfRows(rows);

  it("shows a policy its past and nothing else", () => {
    const views: StewardView[] = [];
    const watcher: Policy = {
      name: "watcher",
      version: 1,
      decide: (view) => {
        views.push(view);
        return { kind: "hold", why: "watching" };
      },
    };
    walkOn(watcher, tape);
    expect(views).to.have.length(tape.periods.length - 40);
    for (const [i, { time, rounds, own }] of views.entries()) {
      expect(time).to.equal(tape.periods[39 + i]?.to);
      expect(rounds).to.deep.equal(tape.rounds.slice(0, 40 + i));
      expect(own).to.have.length(40 + i);
      expect(own.at(-1)?.to).to.equal(time);
    }
  });

  it("never lets what comes later change what was decided before", () => {
    const policies = [banditPolicy, rulesPolicy, pusher(1)];
    const known = policies.map((policy) => walkOn(policy, tape).steps);
    fc.assert(
      fc.property(
        fc.integer({ min: 45, max: tape.periods.length - 2 }),
        fc.integer({ min: 2, max: 50 }),
        fc.constantFrom(0, 1, 2),
        (period, factor, which) => {
          const from = tape.periods[period]?.to ?? 0;
          const other = tapeOfRows(
            rows.flatMap((row, i) => {
              const [time = "", token, price] = row.split(",");
              if (Date.parse(time) / 1_000 < from) return [row];
              // Dearer, and every third one gone.
              return i % 3 === 0
                ? []
                : [`${time},${token},${(Number(price) * factor).toFixed(4)}`];
            }),
          );
          const { steps } = walkOn(policies[which] ?? banditPolicy, other);
          const before = (all: typeof steps) =>
            all.filter(({ time }) => time <= from);
          expect(before(steps)).to.deep.equal(before(known[which] ?? []));
          expect(before(steps).length).to.be.greaterThan(0);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("keeps every path inside the box", () => {
    for (const way of [1, -1] as const) {
      const { royalties, steps } = walkOn(pusher(way), tape);
      const box = createSlot(500, limits);
      let moves = 0;
      for (const [i, royalty] of royalties.entries()) {
        const time = tape.periods[39 + i]?.to ?? 0;
        if (royalty === box.value) continue;
        expect(box.move(royalty, time)).to.equal(undefined);
        moves++;
      }
      expect(moves).to.equal(
        steps.filter(({ decision }) => decision.kind === "change").length,
      );
      expect(moves).to.be.greaterThan(3);
      const days = royalties.length;
      expect(moves * 50).to.be.at.most(150 + (150 * days) / 30 + 50);
    }
  });

  it("does nothing that the controller would refuse, and says so", () => {
    const greedy: Policy = {
      name: "greedy",
      version: 1,
      decide: ({ slots: { royalty } }) => ({
        kind: "change",
        slot: "royalty",
        from: royalty.value,
        to: 1_000,
        why: "greed",
        expected: { reward: "none", holding: 0, changed: 0, doubt: 0 },
      }),
    };
    const { royalties, steps } = walkOn(greedy, tape);
    expect(new Set(royalties)).to.deep.equal(new Set([500]));
    expect(steps.every(({ refusal }) => refusal === "step-too-long")).to.equal(
      true,
    );
  });

  it("acts on no round that trips the breaker", () => {
    const { steps } = walkOn(pusher(1), tape, BREAKER);
    const refused = steps.filter(({ refusal }) => refusal === "oracle-odd");
    expect(refused.length).to.be.greaterThan(3);
    for (const { period, decision, refusal } of steps) {
      const { change = 0, volatility = 0 } = tape.rounds[period] ?? {};
      const odd =
        Math.abs(change) > BREAKER.maxChange ||
        volatility > BREAKER.maxVolatility;
      if (decision.kind === "change")
        expect(refusal).to.equal(odd ? "oracle-odd" : undefined);
    }
  });

  it("cannot move what sales say nothing about", () => {
    const burner: Policy = {
      name: "burner",
      version: 1,
      decide: () => ({
        kind: "change",
        slot: "burn-count",
        from: 0,
        to: 1,
        why: "fire",
        expected: { reward: "none", holding: 0, changed: 0, doubt: 0 },
      }),
    };
    const { steps } = walkOn(burner, tape);
    expect(steps.every(({ refusal }) => refusal === "other-slot")).to.equal(
      true,
    );
  });
});
