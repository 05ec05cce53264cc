import { expect } from "chai";

import { createHttpExplainer } from "../../../offchain/adapters/explainer-http.ts";
import type { ExplainedFacts } from "../../../offchain/loop/ports-explainer.ts";
import { expectCode } from "../../kit/rejection.ts";
import { thrownBy } from "../../kit/thrown.ts";

const KEY = "sk-very-secret";
const FACTS: ExplainedFacts = {
  policy: "rules",
  decision: "hold",
  why: "nothing-wanted",
  options: [{ slot: "royalty", from: 500, to: 500, decided: true }],
  numbers: { time: 1 },
};

/** One call of an explainer whose host answers so. */
async function call(answer: () => Response | Promise<Response>, timeout = 500) {
  const asked: { url: string; init: RequestInit }[] = [];
  const explainer = createHttpExplainer({
    url: "https://model.example/v1/",
    model: "small",
    key: KEY,
    timeout,
    fetch: async (url, init = {}) => {
      asked.push({ url: url instanceof URL ? url.href : "", init });
      return answer();
    },
  });
  const said = await explainer.explain(FACTS).catch((error: unknown) => error);
  return { said, asked };
}
const chat = (content: string) =>
  Response.json({ choices: [{ message: { content } }] });

describe("an explainer over HTTP", () => {
  it("asks an OpenAI-compatible address, with the key for that host and nothing but the facts", async () => {
    const { said, asked } = await call(() =>
      chat('{"text":"Calm.","ranking":[0]}'),
    );
    expect(said).to.deep.equal({ text: "Calm.", ranking: [0] });
    const [{ url, init } = { url: "", init: {} }] = asked;
    expect(url).to.equal("https://model.example/v1/chat/completions");
    expect(init.redirect).to.equal("manual");
    expect(init.headers).to.include({ authorization: `Bearer ${KEY}` });
    const body = JSON.parse(init.body as string) as {
      model: string;
      messages: { role: string; content: string }[];
      tools?: unknown;
    };
    expect(body.model).to.equal("small");
    expect(body.tools).to.equal(undefined);
    expect(body.messages.map(({ role }) => role)).to.deep.equal([
      "system",
      "user",
    ]);
    expect(JSON.parse(body.messages[1]?.content ?? "")).to.deep.equal(FACTS);
  });

  const cases: readonly [string, () => Response | Promise<Response>, string][] =
    [
      ["a refusal", () => new Response("no", { status: 401 }), "refused"],
      ["a redirect", () => new Response("", { status: 302 }), "refused"],
      ["a busy host", () => new Response("", { status: 429 }), "unreachable"],
      ["a dead host", () => Promise.reject(new TypeError(KEY)), "unreachable"],
      ["no JSON", () => new Response("hello"), "bad-answer"],
      ["no object within", () => chat("Sure! Here it is"), "bad-answer"],
      ["another object", () => chat('{"move":1000}'), "bad-answer"],
      ["a flood", () => new Response("a".repeat(70_000)), "bad-answer"],
    ];
  for (const [what, answer, code] of cases)
    it(`takes ${what} for explainer/${code}, and shows no key`, async () => {
      const { said } = await call(answer);
      const error = await expectCode(
        () => Promise.reject(said as Error),
        `explainer/${code}`,
      );
      expect(error.message).not.to.include(KEY);
    });

  it("sends a key nowhere unencrypted, but to this machine", () => {
    const made = (url: string) => () =>
      createHttpExplainer({ url, model: "small", key: KEY });
    for (const url of [
      "http://model.example/v1",
      "ftp://a",
      "a",
      "https://u:p@a/v1",
    ])
      expect(thrownBy(made(url)).code).to.equal("explainer/bad-url");
    made("http://127.0.0.1:8080/v1")();
  });
});
