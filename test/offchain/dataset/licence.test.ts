import { expect } from "chai";

import {
  judgeLicence,
  sharesAlike,
} from "../../../offchain/dataset/licence.ts";
import { expectCode } from "../../kit/rejection.ts";

const judge = (claim: string) => judgeLicence("a.png", claim, undefined);

describe("dataset/licence", () => {
  it("knows SPDX ids in any case, the public domain, and texts by their hash", () => {
    expect(judge("cc0-1.0")).to.deep.equal({ kind: "spdx", id: "CC0-1.0" });
    expect(judge("CC-BY-4.0")).to.deep.equal({ kind: "spdx", id: "CC-BY-4.0" });
    for (const words of ["public domain", "Public-Domain", "PD"])
      expect(judge(words)).to.deep.equal({ kind: "public-domain" });
    const hash = `0x${"1".repeat(64)}` as const;
    expect(judgeLicence("a.png", { text: "L.txt" }, hash)).to.deep.equal({
      kind: "text",
      textSha256: hash,
    });
  });

  it("refuses what is unknown, and what forbids adaptation or sale", async () => {
    for (const claim of ["", "mine", "NONE", "NOASSERTION", "CC0-1.0 OR MIT"])
      await expectCode(() => judge(claim), "licence/unknown");
    for (const claim of ["CC-BY-ND-4.0", "CC-BY-NC-ND-3.0"])
      await expectCode(() => judge(claim), "licence/no-derivatives");
    for (const claim of [
      "CC-BY-NC-4.0",
      "CC-BY-NC-SA-2.0-DE",
      "PolyForm-Noncommercial-1.0.0",
    ])
      await expectCode(() => judge(claim), "licence/non-commercial");
  });

  it("knows which licences are passed on", () => {
    expect(sharesAlike(judge("CC-BY-SA-4.0"))).to.equal(true);
    expect(sharesAlike(judge("CC-BY-4.0"))).to.equal(false);
    expect(sharesAlike(judge("public domain"))).to.equal(false);
  });
});
