import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { readReportFiles } from "../../../offchain/adapters/report-files.ts";
import { writeReport } from "../../../offchain/loop/gather-reports.ts";
import { expectCode } from "../../kit/rejection.ts";

const report = (byte: string) =>
  ({
    chainId: 1,
    adapter: `0x${"ad".repeat(20)}`,
    round: 7,
    observation: `0x${"00".repeat(32)}`,
    reporter: `0x${byte.repeat(20)}`,
    r: `0x${"01".repeat(32)}`,
    vs: `0x${"02".repeat(32)}`,
  }) as const;

describe("readReportFiles", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const named = (byte: string): string => `report-7-0x${byte.repeat(20)}.json`;

  it("reads files, and the reports of a folder and nothing else in it", async () => {
    await writeFile(join(folder, named("b2")), writeReport(report("b2")));
    await writeFile(join(folder, named("a1")), writeReport(report("a1")));
    await writeFile(join(folder, "notes.json"), "{}");
    await writeFile(join(folder, "report-7-0xa1.json"), "{}");
    await mkdir(join(folder, "deeper"));
    const found = await readReportFiles([folder]);
    expect(found).to.deep.equal([
      { name: named("a1"), report: report("a1") },
      { name: named("b2"), report: report("b2") },
    ]);
    const notes = await readReportFiles([join(folder, "notes.json")]);
    expect(notes[0]).to.include({ name: "notes.json" });
    expect(notes[0]).to.have.property("unreadable");
    expect(await readReportFiles([])).to.deep.equal([]);
  });

  it("takes what is too long, or no text, for a bad report", async () => {
    await writeFile(join(folder, "long"), "1".repeat(5_000));
    await writeFile(join(folder, "bytes"), new Uint8Array([0xff, 0, 0x7b]));
    const found = await readReportFiles(
      ["long", "bytes"].map((name) => join(folder, name)),
    );
    for (const each of found) expect(each).to.have.property("unreadable");
  });

  it("refuses a path that is not there, or below a file", async () => {
    await writeFile(join(folder, "file"), "");
    for (const path of [join(folder, "none"), join(folder, "file", "below")])
      await expectCode(readReportFiles([path]), "options/unreadable-reports");
  });
});
