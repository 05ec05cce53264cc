import { expect } from "chai";

import {
  appendAct,
  dossierBytes,
  emptyDossier,
  parseDossier,
  type Act,
  type Dossier,
} from "../../../offchain/dataset/dossier.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { expectCode } from "../../kit/rejection.ts";

const ROOT: Hex = `0x${"7".repeat(64)}`;
const act = (words: string): Act => ({
  time: "2026-01-02T03:04:05Z",
  who: "Ada",
  act: "noted",
  words,
});
const three = ["one", "two", "three"]
  .map(act)
  .reduce(appendAct, emptyDossier(ROOT));

describe("dataset/dossier", () => {
  it("is read as it was written, however long", () => {
    for (const dossier of [emptyDossier(ROOT), three])
      expect(parseDossier(dossierBytes(dossier), ROOT)).to.deep.equal(dossier);
    expect(three.entries[0]?.previous).to.equal(ROOT);
  });

  it("finds an entry that was changed, removed, inserted, or put elsewhere", async () => {
    const [a, b, c] = three.entries as [Act, Act, Act] & Dossier["entries"];
    const broken: Dossier["entries"][] = [
      [{ ...a, words: "ONE" } as typeof a & { previous: Hex }, b, c],
      [a, b, { ...c, who: "Bob" }],
      [a, c],
      [b, c],
      [a, b],
      [b, a, c],
      [a, a, b, c],
      [],
    ] as Dossier["entries"][];
    for (const entries of broken)
      await expectCode(
        () => parseDossier(dossierBytes({ ...three, entries }), ROOT),
        "dataset/broken-chain",
      );
    await expectCode(
      () => parseDossier(dossierBytes(three), `0x${"8".repeat(64)}`),
      "dataset/broken-chain",
    );
  });

  it("takes only acts that say when, who and what, on one line", async () => {
    const bad: Partial<Act>[] = [
      { time: "yesterday" },
      { who: "" },
      { act: "Noted!" },
      { words: "two\nlines" },
      { words: "" },
    ];
    for (const change of bad)
      await expectCode(
        () => appendAct(three, { ...act("four"), ...change }),
        "dataset/bad-act",
      );
    await expectCode(
      () => parseDossier(new Uint8Array(), ROOT),
      "dataset/bad-dossier",
    );
  });
});
