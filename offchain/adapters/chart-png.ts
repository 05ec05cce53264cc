import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { initWasm, Resvg } from "@resvg/resvg-wasm";

import { FatalError } from "../kernel/errors.ts";
import type { DrawChart } from "../loop/ports-chart.ts";

const FONTS = [
  "400Regular/Inter_400Regular.ttf",
  "600SemiBold/Inter_600SemiBold.ttf",
];

/** The engine may be started once in a process. */
let ready: Promise<readonly Uint8Array[]> | undefined;

/** Draws SVG as PNG in WebAssembly, with Inter from its package: no system fonts, so every machine draws the same. */
export const drawChart: DrawChart = async (svg, { width } = {}) => {
  const fonts = await (ready ??= start());
  try {
    const drawing = new Resvg(svg, {
      font: {
        fontBuffers: [...fonts],
        defaultFontFamily: "Inter",
        sansSerifFamily: "Inter",
      },
      ...(width === undefined
        ? {}
        : { fitTo: { mode: "width" as const, value: width } }),
    });
    try {
      return drawing.render().asPng();
    } finally {
      drawing.free();
    }
  } catch (cause) {
    throw new FatalError(
      "chart/not-drawn",
      `The chart was not drawn, because the drawing engine said: ${String(cause).replace(/\s+/g, " ")}.`,
      { cause },
    );
  }
};

async function start(): Promise<readonly Uint8Array[]> {
  const { resolve } = createRequire(import.meta.url);
  await initWasm(await readFile(resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return Promise.all(
    FONTS.map(async (font) =>
      readFile(resolve(`@expo-google-fonts/inter/${font}`)),
    ),
  );
}
