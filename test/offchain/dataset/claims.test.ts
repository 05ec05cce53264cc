import { expect } from "chai";

import { judgeClaim, matchClaims } from "../../../offchain/dataset/claims.ts";
import type { LicenceEntry } from "../../../offchain/dataset/licences-file.ts";
import { expectCode } from "../../kit/rejection.ts";

const files = new Set(["a.png", "b.png"]);
const all = {
  licence: "CC0-1.0",
  rightsHolder: "Ada",
  origin: "drawn",
  consent: { training: "allowed" as const, by: "Ada", statement: "Yes." },
};

describe("dataset/claims", () => {
  it("completes an entry by the default, which holds for every file", () => {
    const claims = matchClaims(
      { default: all, images: [{ file: "a.png", rightsHolder: "Bob" }] },
      files,
    );
    expect(claims.refusals).to.deep.equal([]);
    expect(claims.of("a.png")).to.deep.equal({
      ...all,
      file: "a.png",
      rightsHolder: "Bob",
    });
    expect(claims.of("b.png")?.rightsHolder).to.equal("Ada");
  });

  it("claims nothing for a file without an entry, where there is no default", () => {
    const claims = matchClaims({ images: [{ file: "a.png" }] }, files);
    expect(claims.of("b.png")).to.equal(undefined);
  });

  it("refuses entries that contradict each other, have no file, or are paths", () => {
    const images: LicenceEntry[] = [
      { file: "a.png", title: "A" },
      { file: "a.png", title: "B" },
      { file: "b.png", title: "B" },
      { file: "b.png", title: "B" },
      { file: "c.png" },
      { file: "../b.png" },
      { file: "/etc/passwd" },
      { file: "..\\b.png" },
      { file: ".." },
    ];
    const { refusals } = matchClaims({ images }, files);
    expect(refusals.map(({ file, code }) => [file, code])).to.deep.equal([
      ["a.png", "licence/contradictory"],
      ["c.png", "licence/no-such-file"],
      ["../b.png", "licence/bad-path"],
      ["/etc/passwd", "licence/bad-path"],
      ["..\\b.png", "licence/bad-path"],
      ["..", "licence/bad-path"],
    ]);
  });

  it("demands licence, rights holder, origin and consent", async () => {
    expect(judgeClaim("a.png", all, undefined).licence).to.deep.equal({
      kind: "spdx",
      id: "CC0-1.0",
    });
    await expectCode(
      () => judgeClaim("a.png", undefined, undefined),
      "licence/missing",
    );
    for (const key of ["licence", "rightsHolder", "origin"] as const)
      await expectCode(
        () => judgeClaim("a.png", { ...all, [key]: undefined }, undefined),
        "licence/missing",
      );
    await expectCode(
      () => judgeClaim("a.png", { ...all, consent: undefined }, undefined),
      "consent/missing",
    );
  });
});
