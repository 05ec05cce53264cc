import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { buildKernels } from "../../../../offchain/adapters/kernels-build.ts";

const folder = new URL(
  "../../../../offchain/generator/kernels/",
  import.meta.url,
);

describe("kernels.wasm", () => {
  it("is rebuilt byte for byte from its source", async () => {
    const committed = await readFile(new URL("kernels.wasm", folder));
    const rebuilt = Buffer.from(await buildKernels());
    expect(
      rebuilt.equals(committed),
      "run npm run kernels:build and commit the result",
    ).to.equal(true);
  });

  it("has the digest that lies beside it", async () => {
    const wasm = await readFile(new URL("kernels.wasm", folder));
    const line = await readFile(new URL("kernels.wasm.sha256", folder), "utf8");
    expect(line).to.equal(
      `${createHash("sha256").update(wasm).digest("hex")}  kernels.wasm\n`,
    );
  });
});
