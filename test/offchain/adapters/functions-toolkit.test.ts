import { readFile } from "node:fs/promises";
import { globSync } from "node:fs";

import { expect } from "chai";

import { loadToolkit } from "../../../offchain/adapters/functions-toolkit.ts";

const root = new URL("../../../", import.meta.url);

describe("Chainlink's toolkit", () => {
  it("runs a script as it is written, whatever its signs mean elsewhere", async () => {
    const path = process.env["PATH"];
    const toolkit = await loadToolkit();
    const source =
      "const $$ = '$& $` $1 $$'; return Functions.encodeString($$ + args[0])";
    const { responseBytesHexstring, errorString } = await toolkit.simulate(
      source,
      ["!"],
    );
    expect(errorString).to.equal(undefined);
    expect(
      Buffer.from(responseBytesHexstring?.slice(2) ?? "", "hex").toString(),
    ).to.equal("$& $` $1 $$!");
    // The folder of Deno is on the path while it runs, and no longer.
    expect(process.env["PATH"]).to.equal(path);
  });

  it("is known to one file of the product", async () => {
    const files = globSync("{offchain,tasks,ignition}/**/*.ts", {
      cwd: root,
    });
    expect(files.length).to.be.above(100);
    const naming: string[] = [];
    for (const file of files)
      if (
        (await readFile(new URL(file, root), "utf8")).includes(
          "@chainlink/functions-toolkit",
        )
      )
        naming.push(file);
    expect(naming).to.deep.equal(["offchain/adapters/functions-toolkit.ts"]);
  });
});
