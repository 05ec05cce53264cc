import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { main as compile } from "assemblyscript/asc";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const folder = join(root, "offchain/generator/kernels");

/** Compiles the kernels from their AssemblyScript source with the pinned compiler; the same source gives the same bytes. */
export async function buildKernels(): Promise<Uint8Array> {
  const temporary = await mkdtemp(join(tmpdir(), "kernels-"));
  const out = join(temporary, "kernels.wasm");
  try {
    const { error } = await compile([
      join(folder, "assembly/index.ts"),
      "--outFile",
      out,
      "--runtime",
      "stub",
      "--enable",
      "simd",
      "--noAssert",
      "-O3",
    ]);
    if (error)
      throw new Error(`The kernels do not compile: ${error.message}`, {
        cause: error,
      });
    return new Uint8Array(await readFile(out));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const wasm = await buildKernels();
  const digest = createHash("sha256").update(wasm).digest("hex");
  await writeFile(join(folder, "kernels.wasm"), wasm);
  await writeFile(
    join(folder, "kernels.wasm.sha256"),
    `${digest}  kernels.wasm\n`,
  );
  process.stdout.write(`kernels.wasm ${wasm.length} bytes, sha256 ${digest}\n`);
}
