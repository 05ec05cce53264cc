import { fileURLToPath } from "node:url";

import chromium from "@sparticuz/chromium";
import { build } from "esbuild";
import { chromium as playwright } from "playwright-core";

import { tunedModelFiles } from "../kit/tuned-recipe.ts";

import { generatorFiles, readGolden, readTunedGolden } from "./files.ts";
import type { Golden } from "./golden.ts";
import type { TunedGolden } from "./tuned.ts";

/** Runs all golden vectors, woven works behind the others, in a headless Chromium that ships inside an npm package; nothing of the system's is used. */
export async function differencesInChromium(): Promise<{ version: string; lines: string[] }> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("browser.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2024",
    logLevel: "silent",
  });
  const { kernels, weights } = await generatorFiles();
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args, "--no-sandbox", "--disable-background-networking"],
    headless: true,
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? "" });
    const evaluated = await page.evaluate(
      async ([golden, wasm, model]) => {
        const { checkGolden } = globalThis as unknown as {
          checkGolden: (golden: Golden, kernels: string, weights: string) => Promise<string[]>;
        };
        return checkGolden(golden, wasm, model);
      },
      [await readGolden(), base64(kernels), base64(weights)] as const,
    );
    const tuned = await tunedModelFiles();
    const woven = await page.evaluate(
      async ([golden, wasm, model, adapter]) => {
        const { checkTuned } = globalThis as unknown as {
          checkTuned: (golden: TunedGolden, kernels: string, weights: string, adapter: string) => Promise<string[]>;
        };
        return checkTuned(golden, wasm, model, adapter);
      },
      [await readTunedGolden(), base64(tuned.kernels), base64(tuned.weights), base64(tuned.adapter)] as const,
    );
    return { version: browser.version(), lines: [...evaluated, ...woven] };
  } finally {
    await browser.close();
  }
}
