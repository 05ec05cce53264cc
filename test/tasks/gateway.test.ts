import { once } from "node:events";
import { createInterface } from "node:readline";

import { expect } from "chai";

import { errorCode, runCommand, startCommand } from "../kit/cli.ts";
import { ask } from "../kit/gateway.ts";

describe("tasks/gateway", function () {
  // Processes of their own that start Hardhat.
  this.timeout(60_000);

  it("prints where it listens, answers, and ends with 0 at Ctrl-C", async () => {
    const child = startCommand(["gateway", "--port", "0", "--json"]);
    const ended = once(child, "close") as Promise<[number | null]>;
    if (child.stdout === null) throw new Error("no stdout");
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      const { url } = JSON.parse(line) as { url: string };
      expect((await ask(url, "/ipfs/bafkqaaa?format=raw")).status).to.equal(
        200,
      );
      child.kill("SIGINT");
    }
    expect(await ended).to.include(0);
    expect(lines).to.have.length(1);
  });

  it("refuses what is no port in one sentence", async () => {
    const done = await runCommand(["gateway", "--port", "http"]);
    expect([done.code, errorCode(done), done.stdout]).to.deep.equal([
      1,
      "options/bad-port",
      "",
    ]);
  });
});
