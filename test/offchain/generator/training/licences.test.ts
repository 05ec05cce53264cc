import { readFileSync } from "node:fs";

import { expect } from "chai";

import { licenceManifest } from "../../../../offchain/generator/training/licences.ts";
import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { LICENCES, manifestOfSources } from "../../../kit/teacher-sources.ts";

describe("the licence manifest", () => {
  it("names every source of the training pictures as it stands (else run `node test/bench/licences.ts`)", () => {
    expect(new TextDecoder().decode(readFileSync(LICENCES))).to.equal(
      new TextDecoder().decode(manifestOfSources()),
    );
  });

  it("does not depend on the order in which the sources are found, and changes with any of them", () => {
    const [a, b] = [
      { path: "a.ts", bytes: utf8("a") },
      { path: "b.ts", bytes: utf8("b") },
    ];
    expect(licenceManifest([b, a])).to.deep.equal(licenceManifest([a, b]));
    expect(licenceManifest([a, { ...b, bytes: utf8("c") }])).to.not.deep.equal(
      licenceManifest([a, b]),
    );
  });
});
