import { expect } from "chai";

import { createEarlyStop } from "../../../../offchain/generator/tuning/early-stop.ts";

describe("early stop", () => {
  const plan = { steps: 600, patience: 3 };

  it("looks sixty times a run", () => {
    expect(createEarlyStop(plan).every).to.equal(10);
    expect(createEarlyStop({ steps: 7, patience: 3 }).every).to.equal(1);
  });

  it("leaves a run alone that goes on gaining", () => {
    const stop = createEarlyStop(plan);
    for (let i = 1; i <= 60; i++) stop.hear(1 / i, 10 * i);
    expect(stop.skipped()).to.equal(0);
  });

  it("goes to the last part of the schedule first, then ends", () => {
    const stop = createEarlyStop(plan);
    stop.hear(0.5, 10);
    for (const step of [20, 30]) stop.hear(0.4999, step);
    expect(stop.skipped()).to.equal(0);
    stop.hear(0.4999, 40);
    expect(stop.skipped()).to.equal(380);
    stop.hear(0.4, 50);
    for (const step of [60, 70, 80]) stop.hear(0.4, step);
    expect(plan.steps - stop.skipped()).to.equal(80);
  });

  it("goes on from its state as if it had not been asked", () => {
    const whole = createEarlyStop(plan);
    let parts = createEarlyStop(plan);
    const errors = [0.5, 0.6, 0.6, 0.6, 0.2, 0.3, 0.3, 0.3, 0.1];
    errors.forEach((error, i) => {
      whole.hear(error, 10 * i + 10);
      parts.hear(error, 10 * i + 10);
      parts = createEarlyStop(plan, parts.state());
    });
    expect(parts.state()).to.deep.equal(whole.state());
    expect(Math.abs((whole.last() ?? NaN) - 0.1)).to.be.at.most(1e-8);
  });

  it("never cuts a run that has no patience set", () => {
    const stop = createEarlyStop({ steps: 600, patience: 0 });
    for (let i = 1; i < 60; i++) stop.hear(1, 10 * i);
    expect(stop.skipped()).to.equal(0);
  });
});
