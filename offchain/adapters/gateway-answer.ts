import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { StoreBlocks } from "../loop/ports-store.ts";
import { probeAnswer } from "./gateway-car.ts";
import { find } from "./gateway-find.ts";
import { formAnswer, pageAnswer } from "./gateway-forms.ts";
import { storePage } from "./gateway-page.ts";
import { isKnown } from "./gateway-ranges.ts";
import {
  parseRequest,
  type GatewayRequest,
  type Question,
} from "./gateway-request.ts";
import type { Answer } from "./gateway-types.ts";

/**
 * Answers a request out of the local store.
 * @throws FatalError as `parseRequest`; `publishing/no-such-path`, `publishing/missing-block`; `gateway/not-cached`;
 * `publishing/*` of a damaged store.
 */
export async function answerRequest(
  store: StoreBlocks,
  request: GatewayRequest,
): Promise<Answer> {
  const question = parseRequest(request);
  switch (question.kind) {
    case "options":
      return { status: 204, headers: {} };
    case "index":
      return pageAnswer(storePage(await store.list()), {
        "Cache-Control": "no-cache",
      });
    case "probe":
      return probeAnswer(question.format);
    case "content":
      return answerContent(store, request, question);
  }
}

async function answerContent(
  store: StoreBlocks,
  { headers, url }: GatewayRequest,
  wanted: Extract<Question, { kind: "content" }>,
): Promise<Answer> {
  const found = await find(store, wanted).catch((error: unknown) => {
    const cached = /\bonly-if-cached\b/i.test(headers["cache-control"] ?? "");
    if (cached && isLoopError(error, "publishing/missing-block"))
      throw new FatalError(
        "gateway/not-cached",
        `\`${wanted.root.toString()}\` is not here; ask elsewhere.`,
      );
    throw error;
  });
  const answer = await formAnswer(store, headers, { wanted, found });
  const own = {
    "X-Ipfs-Path": url.split("?")[0] ?? "",
    "X-Ipfs-Roots": found.roots.map(String).join(","),
    ...(wanted.location === undefined
      ? {}
      : { "Content-Location": wanted.location }),
    ...answer.headers,
  };
  if (isKnown(headers["if-none-match"], answer.headers["ETag"] ?? "")) {
    const {
      "Content-Length": _,
      "Content-Range": __,
      ...kept
    } = own as Record<string, string>;
    return { status: 304, headers: kept };
  }
  return { ...answer, headers: own };
}
