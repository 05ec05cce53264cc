import { expect } from "chai";

import { kindsFound, MISTAKES } from "../../kit/planted-mistakes.ts";
import { openSite, type Site } from "../../kit/planted-site.ts";

describe("loop/check-deployment", function () {
  this.timeout(60_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(() => site.close());

  it("finds nothing in a clean deployment, and looks at everything", async () => {
    const at = await site.deploy();
    const { findings, looked, notes } = await site.check(at);
    expect(findings).to.deep.equal([]);
    expect(looked).to.have.length.above(35);
    expect(notes).to.have.length(1);
  });

  it("takes what the admin named since the deployment for no mistake", async () => {
    const at = await site.deploy();
    const adapters = [site.account(10), site.account(11)];
    await site.call(
      "MarketOracle",
      at.MarketOracle,
      1,
      "setAdapters",
      adapters,
    );
    await site.call("LoopCollection", at.LoopCollection, 1, "setOracle", [
      at.MarketOracle,
    ]);
    const { findings, notes } = await site.check(at);
    expect(findings).to.deep.equal([]);
    expect(notes).to.have.length(1);
  });

  for (const { name, kinds, plant } of MISTAKES)
    it(`finds, and nothing else: ${name}`, async () => {
      expect(await kindsFound(site, await plant(site))).to.deep.equal(kinds);
    });
});
