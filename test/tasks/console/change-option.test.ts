import { expect } from "chai";

import type { GovernedChange } from "../../../offchain/loop/governed-change.ts";
import { parseChanges } from "../../../tasks/console/change-option.ts";
import { createFakeDao } from "../../kit/fake-governance.ts";
import { at } from "../../kit/governed.ts";
import { expectCode } from "../../kit/rejection.ts";

const DAY = 86_400;
const ACCOUNT = at("a");

describe("tasks/console/change-option", () => {
  const { controller, terms, time: now } = createFakeDao();
  const forge = async () => ({
    recipe: `0x${"ab".repeat(32)}` as const,
    conditions: `0x${"cd".repeat(32)}` as const,
  });
  const read = (text: string): Promise<GovernedChange[]> =>
    Promise.all(
      parseChanges(text).map((change) =>
        change({ controller, terms, now, forge }),
      ),
    );

  it("reads every slot in the units of people", async () => {
    const slots = await read(
      "royalty=7.5%,burn-count=3,mint-price=0.05ETH,epoch-cadence=1d,guard-threshold=55%,odds-sensitivity=120%",
    );
    expect(
      slots.map((change) => change.kind === "slot" && change.value),
    ).to.deep.equal([750, 3, 50_000_000, DAY, 5_500, 12_000]);
    expect(await read("guard-threshold=0.55")).to.deep.equal([slots[4]]);
  });

  it("keeps what limits do not say, and ends a change only where the next begins", async () => {
    const [limits, unfreeze, adapters] = await read(
      `limits.royalty=low:2.5%,high:7.5%,step:0.25%,delay:2d, unfreeze, adapters=${ACCOUNT},none`,
    );
    const before = controller.slots[0]?.limits;
    expect(limits).to.deep.equal({
      kind: "limits",
      slot: "royalty",
      limits: { ...before, low: 250, high: 750, step: 25, delay: 2 * DAY },
    });
    expect(unfreeze).to.deep.equal({ kind: "unfreeze" });
    expect(adapters).to.deep.equal({
      kind: "adapters",
      active: ACCOUNT,
      fallback: `0x${"00".repeat(20)}`,
    });
  });

  it("counts a grant from when it can begin, to the end of a day", async () => {
    const [grant] = await read("grant=90d");
    const from = now + 8 * DAY + 90 * DAY;
    expect(grant).to.deep.equal({
      kind: "grant",
      expiry: Math.ceil(from / DAY) * DAY,
    });
    expect(await read("grant=2027-03-01")).to.deep.equal([
      { kind: "grant", expiry: 1_803_859_200 },
    ]);
    expect(await read("grant=none")).to.deep.equal([
      { kind: "grant", expiry: 0 },
    ]);
  });

  it("reads jobs, rules and everything else by name", async () => {
    expect(
      await read(
        `job.steward=${ACCOUNT},dismiss.voucher-signer=${ACCOUNT},quorum=5%,voting-period=3d,breaker=change:25%,works-per-day=7,validator=none,forge=open,royalty-offer=${ACCOUNT}:5%,contract-uri=ipfs://a,unpause=yes`,
      ),
    ).to.deep.equal([
      { kind: "job", job: "steward", account: ACCOUNT, given: true },
      { kind: "job", job: "voucherSigner", account: ACCOUNT, given: false },
      { kind: "rule", rule: "quorum", value: 5 },
      { kind: "rule", rule: "voting-period", value: 3 * DAY },
      { kind: "breaker", ...controller.breaker, maxChange: 2_500 },
      { kind: "works-per-day", limit: 7 },
      { kind: "validator", validator: `0x${"00".repeat(20)}` },
      { kind: "forge", ...(await forge()) },
      { kind: "royalty-offer", receiver: ACCOUNT, bps: 500, offered: true },
      { kind: "contract-uri", uri: "ipfs://a" },
      { kind: "unpause" },
    ]);
  });

  it("reads recipes and datasets by their ids", async () => {
    const [id, root] = ["ab", "cd"].map(
      (byte) => `0x${byte.repeat(32)}` as const,
    );
    expect(
      await read(
        `recipe.register=${id}:${root},dataset.register=${root},recipe.revoke=${id}`,
      ),
    ).to.deep.equal([
      { kind: "recipe", id, registered: true, dataset: root },
      { kind: "dataset", root, registered: true },
      { kind: "recipe", id, registered: false, dataset: null },
    ]);
  });

  for (const text of [
    "recipe.register=0x12",
    "recipe.forget=0x12",
    `recipe.revoke=0x${"ab".repeat(32)}:0x${"cd".repeat(32)}`,
    "",
    "royalty",
    "royalty=7.5",
    "royalty=7.5%;burn-count=3",
    "toString=1",
    "__proto__=1",
    "limits.toString=low:1%",
    "limits.royalty=low:1%,low:2%",
    "limits.royalty=lowest:1%",
    "limits.royalty=delay:1%",
    "limits.royalty",
    "job.admin=0x0000000000000000000000000000000000000001",
    "grant=soon",
    "grant=0d",
    "quorum=101%",
    "breaker=wind:1%",
    "forge=0xabc",
    "unfreeze=no",
    "contract-uri=javascript:1",
    "adapters=none,none,none",
  ])
    it(`says that \`${text}\` is nothing to propose`, () =>
      expectCode(() => parseChanges(text), "options/bad-change"));

  it("says that an address is none", () =>
    expectCode(() => parseChanges("job.steward=0x12"), "options/bad-address"));
});
