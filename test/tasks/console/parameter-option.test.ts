import { expect } from "chai";

import { parseParameter } from "../../../tasks/console/parameter-option.ts";
import { expectCode } from "../../kit/rejection.ts";

const [A, B, NOBODY] = ["a1", "b2", "00"].map((byte) => `0x${byte.repeat(20)}`);
const parse = (text: string) =>
  parseParameter(text, () => Promise.reject(new Error("asked")));

describe("tasks/console/parameter-option", () => {
  for (const [text, active, fallback] of [
    [`${A},${B}`, A, B],
    [`${A},none`, A, NOBODY],
    [`none,${B}`, NOBODY, B],
    [`${A},${NOBODY}`, A, NOBODY],
    [`${A}`, A, NOBODY],
    ["none,none", NOBODY, NOBODY],
  ] as const)
    it(`reads adapters=${text.replaceAll(/(..)\1{18}/g, "$1…")}`, async () => {
      expect(await parse(`adapters=${text}`)).to.deep.equal({
        name: "adapters",
        active,
        fallback,
      });
    });

  it("reads where the collection's page lies", async () => {
    for (const uri of ["ipfs://bafy/collection.json", "https://a.b/c?d=e"])
      expect(await parse(`contract-uri=${uri}`)).to.deep.equal({
        name: "contract-uri",
        uri,
      });
  });

  for (const uri of ["", "http://a.b", "a", "ipfs://", "ipfs://a b"])
    it(`refuses contract-uri=${uri}`, () =>
      expectCode(parse(`contract-uri=${uri}`), "options/bad-parameter"));

  it("reads reporters in any order, and hands them on ascending", async () => {
    expect(await parse(`reporters=${A},2,${B},${A}`)).to.deep.equal({
      name: "reporters",
      adapter: A,
      quorum: 2,
      set: [A, B],
    });
  });

  for (const [text, code] of [
    [`reporters=${A},17,${B}`, "options/bad-parameter"],
    [`reporters=${A},${B}`, "options/bad-parameter"],
    [`reporters=${A},1,me`, "options/bad-address"],
    [`adapters=${A},${B},${A}`, "options/bad-parameter"],
    ["adapters=", "options/bad-parameter"],
    [`adapters=${A},`, "options/bad-address"],
    ["adapters=reporters,none", "options/bad-address"],
    ["adapter=none", "options/bad-parameter"],
  ] as const)
    it(`says \`${code}\` for ${text.slice(0, 14)}…`, () =>
      expectCode(parse(text), code));
});
