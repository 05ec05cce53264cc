import { expect } from "chai";

import {
  buildManifest,
  type DatasetManifest,
} from "../../../offchain/dataset/manifest.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  datasetSheet,
  shownOnSheet,
} from "../../../offchain/loop/dataset-sheet.ts";

const word = (value: number): Hex =>
  `0x${value.toString(16).padStart(64, "0")}`;
const set = (count: number, title: string): DatasetManifest =>
  buildManifest(
    title,
    Array.from({ length: count }, (_, i) => ({
      name: `P ${i}`,
      title,
      source: {
        file: `${i}.png`,
        sha256: word(i),
        bytes: 9,
        format: "png",
        width: 64,
        height: 64,
      },
      normalised: { path: `images/p-${i}.png`, sha256: word(i), notes: [] },
      licence: { kind: "spdx", id: "CC0-1.0" },
      rightsHolder: "Ada <ada@example.org>",
      origin: "drawn",
      consent: {
        training: "allowed",
        by: "Ada",
        statement: "Yes.",
        dataMiningPreference: {},
      },
    })),
  );

describe("loop/dataset-sheet", () => {
  it("shows every picture of a small dataset, and a fair choice of a large one", () => {
    expect(shownOnSheet(set(3, "T"))).to.deep.equal([0, 1, 2]);
    const shown = shownOnSheet(set(130, "T"));
    expect(shown).to.have.length(40);
    expect(shown[39]).to.equal(126);
  });

  it("writes titles, holders and licences as text only, on two lines at most", () => {
    const title =
      "</text><script>alert(1)</script> and a very long title besides";
    const svg = datasetSheet(set(2, title), [
      new Uint8Array(3),
      new Uint8Array(3),
    ]);
    expect(svg).not.to.contain("<script");
    expect(svg).to.contain("Ada &lt;ada@example.org&gt;");
    expect(svg).to.contain("CC0-1.0");
    expect(svg.match(/<image /g)).to.have.length(2);
  });
});
