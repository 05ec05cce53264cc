import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

import { verifyContract } from "@nomicfoundation/hardhat-verify/verify";
import { expect } from "chai";
import { Interface } from "ethers";
import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import config from "../../hardhat.config.ts";
import { openSite, type Site } from "../kit/planted-site.ts";

const CHAIN = 11_155_111;
const NAME = "project/contracts/oracle/MarketOracle.sol:MarketOracle";

/** The npm compiler itself, called by nobody of ours: what an explorer would run. */
const solc = createRequire(import.meta.url)("solc") as {
  version(): string;
  compile(input: string): string;
};

interface Compiled {
  readonly contracts: Record<
    string,
    Record<string, { readonly evm: { readonly bytecode: { object: string } } }>
  >;
}

/** Plays Etherscan's API v2, as far as verifying goes, and keeps what it was sent. */
async function startExplorer() {
  const sent: URLSearchParams[] = [];
  const asked: URLSearchParams[] = [];
  const server: Server = createServer((request, response) => {
    const query = new URL(request.url ?? "", "http://explorer").searchParams;
    asked.push(query);
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.method === "POST") sent.push(new URLSearchParams(body));
      const result = {
        getsourcecode: [{ SourceCode: "" }],
        verifysourcecode: "a-guid",
        checkverifystatus: "Pass - Verified",
      }[query.get("action") ?? ""];
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ status: "1", message: "OK", result }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v2/api`, sent, asked, server };
}

describe("what an explorer is sent", function () {
  this.timeout(60_000);
  let site: Site;
  let explorer: Awaited<ReturnType<typeof startExplorer>>;
  before(async () => {
    site = await openSite();
    explorer = await startExplorer();
  });
  after(async () => {
    await site.close();
    explorer.server.close();
  });

  it("compiles to what was deployed, with the compiler that it names", async () => {
    const at = await site.deploy();
    const args = [...site.argumentsOf("MarketOracle", at)];
    const hardhat = await explored(explorer.url, site);
    const verified = await verifyContract(
      {
        address: at.MarketOracle,
        constructorArgs: args,
        contract: NAME.replace("project/", ""),
        provider: "etherscan",
      },
      hardhat,
    );
    expect(verified).to.equal(true);
    expect(explorer.sent).to.have.length(1);
    expect(explorer.asked.map((query) => query.get("chainid"))).to.include(
      `${CHAIN}`,
    );

    const form = Object.fromEntries(explorer.sent[0] ?? []);
    expect(form["contractname"]).to.equal(NAME);
    expect(form["compilerversion"]).to.equal(
      `v${solc.version().replace(/\.Emscripten.*/, "")}`,
    );
    const [file = "", name = ""] = NAME.split(":");
    const input = JSON.parse(form["sourceCode"] ?? "") as {
      settings: { outputSelection: unknown };
    };
    // What comes out for the others is not looked at: a tenth of the time.
    input.settings.outputSelection = { [file]: { [name]: ["evm.bytecode"] } };
    const { contracts } = JSON.parse(
      solc.compile(JSON.stringify(input)),
    ) as Compiled;
    const { bytecode, abi } = await hre.artifacts.readArtifact("MarketOracle");
    expect(`0x${contracts[file]?.[name]?.evm.bytecode.object}`).to.equal(
      bytecode,
    );
    expect(`0x${form["constructorArguments"]}`).to.equal(
      new Interface(abi).encodeDeploy(args),
    );
  });
});

/** Hardhat with our configuration, on a chain with a public id whose explorer is at this address. */
async function explored(
  apiUrl: string,
  site: Site,
): Promise<HardhatRuntimeEnvironment> {
  const hardhat = await createHardhatRuntimeEnvironment(
    {
      ...config,
      verify: { ...config.verify, etherscan: { apiKey: "a-key" } },
      chainDescriptors: {
        [CHAIN]: {
          name: "Here",
          blockExplorers: { etherscan: { url: apiUrl, apiUrl } },
        },
      },
    },
    {},
    hre.config.paths.root,
  );
  // The plugin connects by itself; a chain inside this process would be another one then.
  const provider = {
    request: async (call: { method: string; params?: unknown[] }) =>
      call.method === "eth_chainId"
        ? `0x${CHAIN.toString(16)}`
        : site.provider.request(call),
  };
  const network = { create: async () => ({ networkName: "here", provider }) };
  return Object.create(hardhat, {
    network: { value: network },
  }) as HardhatRuntimeEnvironment;
}
