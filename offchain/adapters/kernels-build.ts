import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { main as compile } from "assemblyscript/asc";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const folder = join(root, "offchain/generator/kernels");

/** The committed builds: each one's file, and the source that it begins with. */
export const KERNEL_BUILDS = {
  "kernels.wasm": "index.ts",
  "tuned.wasm": "tuned.ts",
} as const;

/** The file of a committed build. */
export type KernelFile = keyof typeof KERNEL_BUILDS;

/** Compiles kernels from their AssemblyScript source with the pinned compiler; the same source gives the same bytes. */
export async function buildKernels(
  file: KernelFile = "kernels.wasm",
): Promise<Uint8Array> {
  const temporary = await mkdtemp(join(tmpdir(), "kernels-"));
  const out = join(temporary, file);
  try {
    const { error } = await compile([
      join(folder, "assembly", KERNEL_BUILDS[file]),
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
  for (const file of Object.keys(KERNEL_BUILDS) as KernelFile[]) {
    const wasm = await buildKernels(file);
    const digest = createHash("sha256").update(wasm).digest("hex");
    await writeFile(join(folder, file), wasm);
    await writeFile(join(folder, `${file}.sha256`), `${digest}  ${file}\n`);
    process.stdout.write(`${file} ${wasm.length} bytes, sha256 ${digest}\n`);
  }
}
