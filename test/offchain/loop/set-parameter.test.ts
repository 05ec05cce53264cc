import { expect } from "chai";

import { FatalError } from "../../../offchain/kernel/errors.ts";
import type { Json } from "../../../offchain/kernel/json.ts";
import type { Chain, ParameterChange } from "../../../offchain/loop/chain.ts";
import {
  parameterChange,
  setParameter,
} from "../../../offchain/loop/set-parameter.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";
import { thrownBy } from "../../kit/thrown.ts";

const ARTIST = `0x${"a1".repeat(20)}` as const;
const WORD = `0x${"5e".repeat(32)}` as const;
const INSTANCE = `0x${"11".repeat(32)}` as const;
const HASH = `0x${"77".repeat(32)}` as const;

const royalty = { receiver: ARTIST, bps: 300 };
const CHANGES: readonly ParameterChange[] = [
  { name: "royalty", royalty },
  { name: "royalty-offer", royalty, offered: false },
  { name: "works-per-day", limit: 0 },
  { name: "validator", validator: ARTIST },
  { name: "forge", terms: { recipe: WORD, conditions: WORD, parents: 3 } },
  { name: "paused", paused: true },
  { name: "oracle", oracle: ARTIST },
  { name: "contract-uri", uri: "ipfs://page/collection.json" },
  { name: "adapters", active: ARTIST, fallback: ARTIST },
  { name: "reporters", adapter: ARTIST, quorum: 1, set: [ARTIST] },
];

/** Answers each call with what `send` does; remembers the keys. */
function fakeChain(send: () => void) {
  const keys: string[] = [];
  const chain = {
    instance: () => Promise.resolve({ id: INSTANCE }),
    setParameter: (_change: ParameterChange, { key }: { key: string }) => {
      keys.push(key);
      send();
      return Promise.resolve({ hash: HASH, gasUsed: 30_000 });
    },
  } as unknown as Chain;
  return { chain, keys };
}

describe("parameterChange", () => {
  for (const change of CHANGES)
    it(`reads a change of ${change.name} as the journal stores it`, () => {
      const stored = JSON.parse(JSON.stringify(change)) as Json;
      expect(parameterChange(stored)).to.deep.equal(change);
    });

  const BAD: readonly Json[] = [
    null,
    "paused",
    [],
    {},
    { name: "owner", owner: ARTIST },
    { name: "toString" },
    { name: "paused" },
    { name: "paused", paused: "yes" },
    { name: "paused", paused: true, limit: 1 },
    { name: "works-per-day", limit: -1 },
    { name: "works-per-day", limit: 1.5 },
    { name: "validator", validator: WORD },
    { name: "validator", validator: ARTIST.toUpperCase() },
    { name: "royalty", royalty: { receiver: ARTIST } },
    { name: "royalty-offer", royalty: { ...royalty } },
    { name: "forge", terms: { recipe: WORD, conditions: "0x", parents: 3 } },
  ];
  for (const input of BAD)
    it(`does not take ${JSON.stringify(input)} for a change`, () => {
      expect(thrownBy(() => parameterChange(input)).code).to.equal(
        "journal/bad-input",
      );
    });
});

describe("setParameter", () => {
  const change = CHANGES[2] as ParameterChange;

  it("sends under the same key again where a run died, and anew when it has finished", async () => {
    const store = createMemoryStore();
    let dies = true;
    const { chain, keys } = fakeChain(() => {
      if (dies) throw new FatalError("chain/unreachable", "It is gone.");
    });
    const ports = { chain, journal: openMemoryJournal({ store }) };
    await expectCode(setParameter(change, ports), "chain/unreachable");
    const [left] = await ports.journal.openRuns(INSTANCE);
    const input = left?.input ?? null;
    dies = false;
    const again = { chain, journal: openMemoryJournal({ store }) };
    const mined = await setParameter(parameterChange(input), again);
    expect(mined).to.deep.equal({ hash: HASH, gasUsed: 30_000 });
    expect(keys[1]).to.equal(keys[0]);
    expect(await again.journal.openRuns(INSTANCE)).to.deep.equal([]);
    await setParameter(change, again);
    expect(keys[2]).to.not.equal(keys[0]);
  });

  for (const code of ["chain/refused", "chain/reverted"] as const)
    it(`gives the run up after ${code}`, async () => {
      const { chain } = fakeChain(() => {
        throw new FatalError(code, "It says no.");
      });
      const journal = openMemoryJournal();
      await expectCode(setParameter(change, { chain, journal }), code);
      expect(await journal.openRuns(INSTANCE)).to.deep.equal([]);
    });
});
