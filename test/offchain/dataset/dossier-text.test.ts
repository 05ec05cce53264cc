import { expect } from "chai";

import {
  dossierDocument,
  dossierMarkdown,
} from "../../../offchain/dataset/dossier-text.ts";
import {
  appendAct,
  emptyDossier,
  entryHash,
} from "../../../offchain/dataset/dossier.ts";
import { buildManifest } from "../../../offchain/dataset/manifest.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";

const word = (digit: string): Hex => `0x${digit.repeat(64)}`;
const manifest = buildManifest("A *set*", [
  {
    name: "Rose",
    title: "Rose",
    source: {
      file: "r.png",
      sha256: word("1"),
      bytes: 9,
      format: "png",
      width: 64,
      height: 64,
    },
    normalised: { path: "images/rose.png", sha256: word("2"), notes: [] },
    licence: { kind: "public-domain" },
    rightsHolder: "Ada",
    origin: "drawn",
    consent: {
      training: "allowed",
      by: "Ada",
      statement: "Yes.",
      dataMiningPreference: {},
    },
  },
]);
const dossier = appendAct(emptyDossier(manifest.root), {
  time: "2026-01-02T03:04:05Z",
  who: "Ada",
  act: "prompted",
  words: "<b>[roses](javascript:alert) `only`</b>",
});

describe("dataset/dossier-text", () => {
  it("says to people who did what, and lets no words become marks", () => {
    const text = dossierMarkdown(manifest, dossier);
    expect(text).to.contain("# Dossier of authorship: A \\*set\\*");
    expect(text).to.contain("2026-01-02T03:04:05Z, Ada");
    expect(text).to.contain(
      "\\<b\\>\\[roses\\](javascript:alert) \\`only\\`\\</b\\>",
    );
    expect(text).to.contain(dossier.head);
  });

  it("gives programs every entry with its hash", () => {
    const [entry] = dossier.entries;
    expect(dossierDocument(manifest, dossier)).to.deep.equal({
      version: 1,
      title: "A *set*",
      dataset: manifest.root,
      head: dossier.head,
      entries: [{ ...entry, hash: entryHash(entry!) }],
    });
  });
});
