import { expect } from "chai";
import fc from "fast-check";

import { readRequest } from "../../../offchain/don/read-request.ts";
import {
  encodeRequest,
  REQUEST_LIMIT,
  requestHash,
} from "../../../offchain/don/request.ts";
import { toHex } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { thrownBy } from "../../kit/thrown.ts";

// The toolkit's own encoder; its index would load native code.
const { buildRequestCBOR } =
  await import("@chainlink/functions-toolkit/dist/buildRequestCBOR.js");

const request = fc.record({
  source: fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(23, 24, 255, 256, 9_999).map((n) => "x".repeat(n)),
  ),
  args: fc.array(fc.string({ unit: "binary", maxLength: 300 }), {
    maxLength: 30,
  }),
});

describe("a request", () => {
  it("has the bytes that the toolkit gives it", () => {
    fc.assert(
      fc.property(request, ({ source, args }) => {
        const theirs = buildRequestCBOR({
          codeLocation: 0,
          codeLanguage: 0,
          source,
          args,
        });
        expect(toHex(encodeRequest({ source, args }))).to.equal(theirs);
      }),
      { numRuns: 200 },
    );
  });

  it("is read back as it was", () => {
    fc.assert(
      fc.property(request, (given) => {
        expect(readRequest(encodeRequest(given))).to.deep.equal(given);
      }),
    );
  });

  it("is known by the hash of its bytes", () => {
    const given = { source: "return 1", args: ["a"] };
    expect(requestHash(given)).to.equal(toHex(keccak256(encodeRequest(given))));
  });

  it("is refused above what a DON takes, and not at it", () => {
    const spare =
      REQUEST_LIMIT - encodeRequest({ source: "", args: [] }).length;
    // A text as long as this has a head of three bytes instead of one.
    const source = "x".repeat(spare - 2);
    expect(encodeRequest({ source, args: [] })).to.have.length(REQUEST_LIMIT);
    expect(
      thrownBy(() => encodeRequest({ source: `${source}x`, args: [] })).code,
    ).to.equal("don/request-too-large");
  });

  it("is read from no other bytes", () => {
    const bytes = encodeRequest({ source: "return 1", args: ["a", "b"] });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.nat({ max: bytes.length - 1 }).map((n) => bytes.slice(0, n)),
          fc
            .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
            .map(([at, value]) => bytes.with(at, value)),
        ),
        (other) => {
          try {
            expect(encodeRequest(readRequest(other))).to.deep.equal(other);
          } catch (error) {
            expect((error as { code?: unknown }).code).to.equal(
              "don/bad-request",
            );
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
