import { expect } from "chai";
import fc from "fast-check";

import {
  GENESIS,
  isGenesis,
  stateKey,
} from "../../../offchain/generator/evolution/state.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { uint256, type Hex } from "../../../offchain/kernel/bytes.ts";
import { tokenId } from "../../../offchain/kernel/ids.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import {
  readEpochFacts,
  type EpochFacts,
} from "../../../offchain/loop/epoch-facts.ts";
import { stateRule } from "../../../offchain/loop/epoch-states.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import { CONDITIONS, market } from "../../kit/fake-world.ts";
import { expectCode } from "../../kit/rejection.ts";

const holder: Hex = "0x11";
const digest = keccak256(uint256(7));
const token = tokenId(1, 0);

/** A collection with a batch of one work; rounds, seals, acts and pins as the test tells. */
function collection() {
  const ledger = createLedger();
  const chain: Chain = fakeChain(ledger);
  let count = 0;
  const key = () => ({ key: `${++count}` });
  return {
    chain,
    ledger,
    async seal(): Promise<void> {
      const { opened } = await chain.openBatch(
        { to: holder, recipe: holder, count: 1, conditions: CONDITIONS },
        key(),
      );
      await chain.reachBlock(opened.block + 1);
      const root: Hex = `0x${"0b".repeat(32)}`;
      const { batch } = opened;
      await chain.sealBatch({ batch, root, blockHash: holder }, key());
    },
    bring: (level: number) =>
      chain
        .bringRound(market(level, ++count), key())
        .then(({ round }) => round),
    evolve: (round: number) =>
      chain.evolve({ root: `0x${"0e".repeat(32)}`, round }, key()),
    attune: (act: number) =>
      chain.attune({ holder, token: `${token}`, act }, key()),
    pin: (epoch: number | undefined) =>
      chain.pin({ holder, token: `${token}`, epoch }, key()),
  };
}

const stateIn = (facts: EpochFacts, ordinal = 1): string =>
  stateKey(stateRule(facts, { ordinal }, CONDITIONS)(token, digest));

const levels = fc.array(fc.integer({ min: -100, max: 100 }), {
  minLength: 1,
  maxLength: 8,
});

describe("loop/epoch-states", () => {
  it("is the same whatever epochs were made on the way, and whatever comes after", () =>
    fc.assert(
      fc.asyncProperty(
        levels,
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        levels,
        async (before, made, after) => {
          const [plain, busy] = [collection(), collection()];
          await plain.seal();
          await busy.seal();
          let last = 0;
          for (const [i, level] of before.entries()) {
            last = (await plain.bring(level)).round;
            const { round } = await busy.bring(level);
            if (made[i] === true) await busy.evolve(round);
          }
          const alone = await readEpochFacts(plain.chain, last);
          for (const level of after) await busy.bring(level);
          await busy.attune(1);
          await busy.pin(0);
          await busy.seal();
          const among = await readEpochFacts(busy.chain, last);
          expect(stateIn(among)).to.equal(stateIn(alone));
          expect(among.batches.length).to.equal(1);
        },
      ),
      { numRuns: 30 },
    ));

  it("counts only rounds that cover the batch", () =>
    fc.assert(
      fc.asyncProperty(levels, levels, async (before, after) => {
        const [late, alone] = [collection(), collection()];
        for (const level of before) await late.bring(level);
        await late.seal();
        await alone.seal();
        let [a, b] = [0, 0];
        for (const level of after) {
          a = (await late.bring(level)).round;
          b = (await alone.bring(level)).round;
        }
        expect(stateIn(await readEpochFacts(late.chain, a))).to.equal(
          stateIn(await readEpochFacts(alone.chain, b)),
        );
      }),
      { numRuns: 30 },
    ));

  it("is, when pinned, what it was at that epoch, by the same rule all the way down", async () => {
    const work = collection();
    await work.seal();
    const states: string[] = [];
    const round = async (level: number): Promise<string> => {
      const { round: number } = await work.bring(level);
      await work.evolve(number);
      const state = stateIn(await readEpochFacts(work.chain, number));
      states.push(state);
      return state;
    };
    await work.attune(1);
    const first = await round(90);
    expect(first).to.not.equal(stateKey(GENESIS));
    await work.pin(0);
    expect(await round(-90)).to.equal(stateKey(GENESIS));
    await work.pin(1);
    await work.attune(1);
    expect(await round(50)).to.equal(first);
    // Epoch 3 shows epoch 1, and epoch 2 shows genesis.
    await work.pin(3);
    expect(await round(-90)).to.equal(first);
    await work.pin(2);
    expect(await round(90)).to.equal(stateKey(GENESIS));
    await work.pin(undefined);
    const free = await round(90);
    expect(free).to.not.equal(first);
    // A pin to what was taken back holds to the rule, not to what was published.
    await work.pin(1);
    await work.chain.voidEpoch(1, { key: "void" });
    expect(await round(10)).to.equal(first);
  });

  it("is genesis where no round covers the batch, and no facts are where no round is", async () => {
    const work = collection();
    await work.seal();
    await work.attune(1);
    const { round } = await work.bring(80);
    const facts = await readEpochFacts(work.chain, round);
    const far = stateRule(facts, { ordinal: 2 }, CONDITIONS)(token, digest);
    expect(isGenesis(far)).to.equal(true);
    await expectCode(readEpochFacts(work.chain, round + 1), "epoch/no-round");
  });

  it("counts what was done in the round's own block", async () => {
    const work = collection();
    await work.seal();
    const { round, block } = await work.bring(0);
    const plain = stateIn(await readEpochFacts(work.chain, round));
    await work.attune(3);
    const { acts, pins, moves } = work.ledger;
    const act = acts.pop();
    if (act === undefined) throw new Error("no act");
    acts.push({ ...act, block });
    const turned = stateIn(await readEpochFacts(work.chain, round));
    expect(turned).to.not.equal(plain);
    pins.push({ token: `${token}`, epoch: 0, block, logIndex: 8 });
    const pinned = stateIn(await readEpochFacts(work.chain, round));
    expect(pinned).to.equal(stateKey(GENESIS));
    const nobody: Hex = `0x${"00".repeat(20)}`;
    moves.push({ from: holder, to: nobody, token: `${token}`, block });
    const { burned } = await readEpochFacts(work.chain, round);
    expect([...burned]).to.deep.equal([`${token}`]);
  });

  it("marks everything that it depends on, and nothing else", async () => {
    const marks = new Set<string>();
    const play = async (
      change: (work: ReturnType<typeof collection>) => Promise<unknown>,
      late: boolean,
    ): Promise<string> => {
      const work = collection();
      await work.seal();
      if (!late) await change(work);
      else await work.chain.reachBlock((await work.chain.height()) + 1);
      const { round } = await work.bring(10);
      if (late) await change(work);
      return (await readEpochFacts(work.chain, round)).mark;
    };
    const plain = await play(() => Promise.resolve(), true);
    for (const change of [
      (work: ReturnType<typeof collection>) => work.attune(3),
      (work: ReturnType<typeof collection>) => work.pin(0),
      (work: ReturnType<typeof collection>) =>
        work.chain.burn({ holder, token: `${token}` }, { key: "burn" }),
    ]) {
      marks.add(await play(change, false));
      expect(await play(change, true)).to.equal(plain);
    }
    expect(marks.size).to.equal(3);
    expect(marks.has(plain)).to.equal(false);
  });
});
