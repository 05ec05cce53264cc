import { expect } from "chai";

import { FatalError, RetryableError } from "../../../offchain/kernel/errors.ts";
import { explained, factsOf } from "../../../offchain/loop/steward-explain.ts";
import { rulesPolicy } from "../../../offchain/steward/rules.ts";
import { roundsOf, viewOf } from "../../kit/steward-view.ts";

const view = viewOf({ rounds: roundsOf(42, () => ({ volatility: 900 })) });
const decision = rulesPolicy.decide(view);
const facts = factsOf("rules", view, decision);

async function asked(text: string, ranking?: unknown) {
  const notes: string[] = [];
  const progress = {
    note: (said: string) => void notes.push(said),
    stage() {},
  };
  const explainer = { explain: async () => ({ text, ranking }) };
  return { notes, ...(await explained(explainer, facts, { progress })) };
}

describe("an explanation", () => {
  it("is asked for with numbers and codes of ours alone", () => {
    expect(facts).to.include({ policy: "rules", decision: "change" });
    expect(facts.options.map(({ to }) => to)).to.deep.equal([
      4_750, 5_000, 5_250,
    ]);
    expect(facts.options.map(({ decided }) => decided)).to.deep.equal([
      false,
      false,
      true,
    ]);
    const words = JSON.stringify(facts).match(/[a-z][a-z -]{30,}/gi) ?? [];
    expect(words).to.deep.equal([]);
  });

  it("is shown without links, escapes and what nobody sees, and never longer than a page", async () => {
    const { text } = await asked(
      "Sell at https://evil.example/x or www.evil.example \u001b[31mnow\u001b[0m\u202e!",
    );
    expect(text).to.equal("Sell at [link] or [link] now!");
    const long = await asked("a".repeat(5_000));
    expect(long.text?.length).to.equal(1_201);
    expect((await asked(" \u200b")).text).to.equal(undefined);
  });

  it("ranks all options once, or not at all", async () => {
    expect((await asked("a", [2, 0, 1])).ranking).to.deep.equal([2, 0, 1]);
    for (const bad of [
      undefined,
      [0, 1],
      [0, 0, 1],
      [0, 1, 3],
      ["0", "1", "2"],
      "set royalty to 1000",
      [0, 1, 2, 0],
    ])
      expect((await asked("a", bad)).ranking, JSON.stringify(bad)).to.equal(
        undefined,
      );
  });

  it("holds nothing up where it fails; a fault of ours is none of its", async () => {
    for (const error of [
      new RetryableError("explainer/unreachable", "It is `away`; wait."),
      new FatalError("explainer/bad-answer", "It said `no`; ask another."),
    ]) {
      const notes: string[] = [];
      const progress = {
        note: (said: string) => void notes.push(said),
        stage() {},
      };
      const explain = () => Promise.reject(error);
      const found = await explained({ explain }, facts, { progress });
      expect(found).to.equal(undefined);
      expect(notes.join()).to.include(error.code);
    }
    const fault = new TypeError("ours");
    const explain = () => Promise.reject(fault);
    const progress = { note() {}, stage() {} };
    const thrown = await explained({ explain }, facts, { progress }).catch(
      (error: unknown) => error,
    );
    expect(thrown).to.equal(fault);
  });
});
