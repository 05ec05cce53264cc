import { expect } from "chai";
import { build } from "esbuild";

const root = new URL("../../../offchain", import.meta.url).pathname;

/** What a script on other people's machines needs: three sources to one word. */
const ENTRY = `
export { packObservation } from "${root}/kernel/observation.ts";
export { observeSources } from "${root}/market/observe-sources.ts";
export { coinbase } from "${root}/market/sources/coinbase.ts";
export { coingecko } from "${root}/market/sources/coingecko.ts";
export { fearAndGreed } from "${root}/market/sources/fear-and-greed.ts";
`;

describe("market, the pure path", () => {
  it("is small, and needs nothing but the language", async () => {
    const { metafile, outputFiles } = await build({
      stdin: { contents: ENTRY, resolveDir: root },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "neutral",
      metafile: true,
      write: false,
    });
    const text = outputFiles[0]!.text;
    expect(text.length).to.be.below(20_000);
    for (const path of Object.keys(metafile.inputs))
      expect(path).not.to.include("node_modules");
    expect(text).not.to.match(
      /\b(Date|fetch|process|require|TextEncoder|TextDecoder|Buffer|performance|crypto)\b|Math\.random|Function\(|import\(/,
    );
  });
});
