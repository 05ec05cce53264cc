import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { expect } from "chai";

import {
  buildKernels,
  KERNEL_BUILDS,
  type KernelFile,
} from "../../../../offchain/adapters/kernels-build.ts";

const folder = new URL(
  "../../../../offchain/generator/kernels/",
  import.meta.url,
);

for (const file of Object.keys(KERNEL_BUILDS) as KernelFile[]) {
  describe(file, () => {
    it("is rebuilt byte for byte from its source", async () => {
      const committed = await readFile(new URL(file, folder));
      const rebuilt = Buffer.from(await buildKernels(file));
      expect(
        rebuilt.equals(committed),
        "run npm run kernels:build and commit the result",
      ).to.equal(true);
    });

    it("has the digest that lies beside it", async () => {
      const wasm = await readFile(new URL(file, folder));
      const line = await readFile(new URL(`${file}.sha256`, folder), "utf8");
      expect(line).to.equal(
        `${createHash("sha256").update(wasm).digest("hex")}  ${file}\n`,
      );
    });
  });
}
