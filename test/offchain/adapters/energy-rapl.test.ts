import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { openRapl } from "../../../offchain/adapters/energy-rapl.ts";
import { createMeter } from "../../../offchain/adapters/meter-process.ts";

describe("adapters/energy-rapl", () => {
  // The kernel's files as Documentation/power/powercap shows them: no machine of ours has them.
  let root: string;
  const domain = async (name: string, value: number): Promise<void> => {
    await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, name, "max_energy_range_uj"), "1000\n");
    await writeFile(join(root, name, "energy_uj"), `${value}\n`);
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "loop-rapl-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  it("adds up packages, not their parts, over the counter's end", async () => {
    await domain("intel-rapl:0", 900);
    await domain("intel-rapl:1", 10);
    await domain("intel-rapl:0:0", 5);
    const counter = openRapl(root);
    expect(counter.read()).to.equal(0);
    await domain("intel-rapl:0", 50);
    await domain("intel-rapl:1", 30);
    await domain("intel-rapl:0:0", 500);
    expect(counter.read()).to.equal(150 + 20);
    expect(counter.energy.source).to.contain("2 processor packages");
    await rm(join(root, "intel-rapl:1"), { recursive: true });
    expect(counter.read()).to.equal(null);
    counter.close();
  });

  it("says why where there is nothing to read, and guesses nothing", async () => {
    const none = openRapl(join(root, "nothing"));
    expect(none.energy.source).to.equal(null);
    expect(none.energy.reason).to.contain("does not expose RAPL");
    await domain("dtpm", 1);
    expect(openRapl(root).energy.source).to.equal(null);
    const meter = createMeter(none);
    expect(meter.read().microjoules).to.equal(null);
    meter.close();
  });

  it("counts the processor time of this process", () => {
    const meter = createMeter(openRapl(root));
    const before = meter.read().cpuMilliseconds;
    let sum = 0;
    while (meter.read().cpuMilliseconds - before < 20)
      for (let i = 0; i < 100_000; i++) sum += i;
    expect(sum).to.be.greaterThan(0);
    meter.close();
  });
});
