import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { buildScript } from "../../../offchain/adapters/don-build.ts";
import { readDonRequest } from "../../../offchain/adapters/don-script.ts";
import { defaultQueries } from "../../../offchain/don/queries.ts";
import { encodeRequest } from "../../../offchain/don/request.ts";

const folder = new URL("../../../offchain/don/", import.meta.url);
const committed = (name: string): Promise<string> =>
  readFile(new URL(name, folder), "utf8");

describe("script.bundle.js", () => {
  it("is rebuilt byte for byte from its source", async () => {
    expect(
      (await buildScript()) === (await committed("script.bundle.js")),
      "run npm run don:build and commit the result",
    ).to.equal(true);
  });

  it("has the digest that lies beside it", async () => {
    const digest = createHash("sha256")
      .update(await committed("script.bundle.js"))
      .digest("hex");
    expect(await committed("script.bundle.js.sha256")).to.equal(
      `${digest}  script.bundle.js\n`,
    );
  });

  it("leaves a quarter of what a DON takes", async () => {
    const request = await readDonRequest(defaultQueries());
    expect(encodeRequest(request).length).to.be.below(22_500);
  });
});
