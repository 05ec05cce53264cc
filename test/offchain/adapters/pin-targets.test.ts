import { expect } from "chai";

import {
  createPinTargets,
  parsePins,
} from "../../../offchain/adapters/pin-targets.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("adapters/pin-targets", () => {
  const SECRETS: Record<string, string> = {
    PINATA_JWT: "jwt-nobody-sees",
    PINATA_GATEWAY: "example.mypinata.cloud",
    S3_ACCESS_KEY_ID: "id",
    S3_SECRET_ACCESS_KEY: "secret-nobody-sees",
  };
  let asked: string[];
  const targets = (...names: string[]) =>
    createPinTargets(names, {
      store: "/store",
      secret: async (name) => {
        asked.push(name);
        return SECRETS[name];
      },
    });
  beforeEach(() => (asked = []));

  it("makes places out of their names, and shows nothing secret in theirs", async () => {
    const found = await targets(
      "kubo:http://127.0.0.1:5001/",
      "pinata",
      "s3:https://s3.filebase.com/works/a/b?region=eu-1",
      "folder:/mnt/disk",
      "local",
    );
    const names = found.map(({ name }) => name);
    expect(names.slice(0, 2)).to.deep.equal([
      "kubo:http://127.0.0.1:5001",
      "pinata",
    ]);
    expect(names.slice(3)).to.deep.equal(["folder:/mnt/disk", "local"]);
    expect(names[2]).to.match(/^s3:.*works/);
    expect(names.join()).not.to.include("nobody-sees");
  });

  it("asks for the keys of the places that are named, and no others", async () => {
    await targets("folder:/x", "local");
    expect(asked).to.deep.equal([]);
    await targets("kubo:https://rpc.example");
    expect(asked).to.deep.equal(["KUBO_TOKEN"]);
    const none = { store: "/store", secret: async () => undefined };
    const { message } = await expectCode(
      createPinTargets(["pinata"], none),
      "pins/no-key",
    );
    expect(message).to.include("PINATA_JWT");
  });

  it("reads where a bucket is", () => {
    expect(
      parsePins(["s3:http://127.0.0.1:9000/works/a/b/?region=eu-1"]),
    ).to.deep.equal([
      {
        kind: "s3",
        endpoint: "http://127.0.0.1:9000",
        bucket: "works",
        prefix: "a/b",
        region: "eu-1",
      },
    ]);
  });

  it("refuses other names in one sentence, and repeats no key", async () => {
    for (const text of [
      "",
      "kubo",
      "kubo:",
      "kubo:5001",
      "kubo:ftp://x",
      "kubo:http://user:pass@x",
      "kubo:http://x?token=pass",
      "kubo:http://x#pass",
      "folder:",
      "pinata:pass",
      "s3:https://x",
      "s3:https://x/",
      "s3:https://x/UPPER",
      "s3:https://x/bucket?key=pass",
      "s3:https://x/bucket?region=a%20b",
      "web3:pass",
    ]) {
      const { message } = await expectCode(
        () => parsePins([text]),
        "options/bad-pin",
      );
      expect(message).not.to.include("pass@").and.not.include("=pass");
    }
    await expectCode(() => parsePins(["local", "local"]), "options/bad-pin");
  });
});
