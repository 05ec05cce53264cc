import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createPublicGateway } from "../../../offchain/adapters/gateway-client.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { rawCid } from "../../../offchain/publishing/cid.ts";
import { createDag } from "../../../offchain/publishing/dag.ts";
import { startTestGateway, type TestGateway } from "../../kit/gateway.ts";
import { gather } from "../../kit/gather.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

const CID = rawCid(utf8("nowhere"));

describe("adapters/gateway-client", () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await startTestGateway();
  });
  after(() => gateway.close());

  const answering = (answer: () => Response) =>
    createPublicGateway("https://gateway.example", {
      pause: 1,
      fetch: async () => answer(),
    });

  it("reads files of another machine's gateway, every block hashed", async () => {
    const file = patterned(1_200_000, 7);
    const root = await gateway.keep({ deep: { file } });
    const { get } = createPublicGateway(gateway.url);
    const dag = createDag(get, nativeSha256);
    const cid = await dag.resolve(root, "deep/file");
    expect(Buffer.concat(await gather(dag.read(cid))).equals(file)).to.equal(
      true,
    );
  });

  it("tells what is not there from what cannot be reached", async () => {
    const { get, name } = createPublicGateway(gateway.url);
    expect(name).to.equal(gateway.url);
    await expectCode(async () => get(CID), "publishing/missing-block");
    await expectCode(
      async () =>
        answering(() => new Response("gone", { status: 410 })).get(CID),
      "publishing/missing-block",
    );
    await expectCode(
      async () =>
        answering(() => new Response("busy", { status: 502 })).get(CID),
      "pins/unreachable",
    );
    await expectCode(
      async () => answering(() => new Response("no", { status: 403 })).get(CID),
      "pins/refused",
    );
    await expectCode(
      async () =>
        answering(() => Response.redirect("https://elsewhere.example/")).get(
          CID,
        ),
      "pins/bad-answer",
    );
  });

  it("reads no more than a block can hold, and believes nothing", async () => {
    const endless = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        }),
      );
    await expectCode(
      async () => answering(endless).get(CID),
      "pins/bad-answer",
    );
    const liar = createDag(
      answering(() => new Response("other")).get,
      nativeSha256,
    );
    await expectCode(gather(liar.read(CID)), "publishing/cid-mismatch");
  });
});
