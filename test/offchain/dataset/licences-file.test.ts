import { expect } from "chai";

import { parseLicences } from "../../../offchain/dataset/licences-file.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("dataset/licences-file", () => {
  it("reads JSON, with or without a byte order mark", () => {
    const file = {
      title: "T",
      default: { licence: "CC0-1.0" },
      images: [{ file: "a.png", licence: { text: "L.txt" } }],
    };
    const text = JSON.stringify(file);
    for (const bytes of [utf8(text), utf8(`\ufeff${text}`)])
      expect(parseLicences("l.json", bytes)).to.deep.equal(file);
  });

  it("reads CSV with commas or semicolons; a star stands for every picture", () => {
    const csv = [
      "file;licence;rightsHolder;origin;training;by;statement",
      "*;CC0-1.0;Ada;drawn;allowed;Ada;Train on them.",
      "a.png;text: L.txt;;;;;",
      '"b;c.png";;Bob;;notAllowed;Bob;No.',
    ].join("\r\n");
    const read = parseLicences("l.CSV", utf8(csv));
    expect(read.default).to.deep.equal({
      licence: "CC0-1.0",
      rightsHolder: "Ada",
      origin: "drawn",
      consent: { training: "allowed", by: "Ada", statement: "Train on them." },
    });
    expect(read.images).to.deep.equal([
      { file: "a.png", licence: { text: "L.txt" } },
      {
        file: "b;c.png",
        rightsHolder: "Bob",
        consent: { training: "notAllowed", by: "Bob", statement: "No." },
      },
    ]);
    expect(
      parseLicences(
        "l.csv",
        utf8(csv.replaceAll(";", ",").replace('"b,c.png"', "b.png")),
      ).images,
    ).to.have.length(2);
  });

  it("refuses what it does not know, wherever it stands", async () => {
    const bad: readonly (readonly [string, string])[] = [
      ["l.json", "{"],
      ["l.json", "[]"],
      ["l.json", '{"licence":"CC0-1.0"}'],
      ["l.json", '{"images":[{"title":"no file"}]}'],
      ["l.json", '{"images":[{"file":"a.png","licens":"CC0-1.0"}]}'],
      ["l.json", '{"default":{"rightsHolder":"two\\nlines"}}'],
      ["l.json", '{"default":{"rightsHolder":"\\u202egnp"}}'],
      ["l.csv", 'file,licence\n"a.png'],
      ["l.csv", "file,colour\na.png,red"],
      ["l.csv", "licence\nCC0-1.0"],
    ];
    for (const [name, text] of bad)
      await expectCode(
        () => parseLicences(name, utf8(text)),
        "licence/bad-file",
      );
  });
});
