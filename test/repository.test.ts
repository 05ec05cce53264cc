import { readFileSync } from "node:fs";

import { expect } from "chai";
import { z } from "zod";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ engines: z.unknown(), resolved: z.unknown() }).partial(),
    ),
  })
  .parse(read("package-lock.json"));

const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(read("package.json"));

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("the repository", () => {
  it("keeps the native EDR packages installable by a npm that runs on Node 20", () => {
    // They are optional and say `node >= 22`: npm on Node 20 would skip them silently. After a bump, drop `engines` again.
    const native = Object.entries(lock.packages).filter(([path]) =>
      path.includes("@nomicfoundation/edr-"),
    );
    expect(native.length).to.be.at.least(7);
    expect(
      native
        .filter(([, entry]) => entry.engines !== undefined)
        .map(([path]) => path),
    ).to.deep.equal([]);
  });

  it("names no registry in its lock file", () => {
    expect(
      Object.values(lock.packages).filter(
        ({ resolved }) => resolved !== undefined,
      ),
    ).to.deep.equal([]);
  });

  it("pins every direct dependency to one version, and says in the README why it is there", () => {
    const direct = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    expect(
      direct.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
    ).to.deep.equal([]);
    expect(
      direct
        .filter(([name]) => !readme.includes(`\`${name}\``))
        .map(([name]) => name),
    ).to.deep.equal([]);
  });
});
