import { isLoopError, type ErrorCode } from "../kernel/errors.ts";
import type { StoreBlocks } from "../loop/ports-store.ts";
import { answerRequest } from "./gateway-answer.ts";
import type { GatewayRequest } from "./gateway-request.ts";
import type { Answer } from "./gateway-types.ts";

/** What is told of a failure; whatever is not here is a damaged store or a fault of ours. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  "gateway/bad-request": 400,
  "gateway/no-such-place": 404,
  "gateway/bad-method": 405,
  "gateway/not-acceptable": 406,
  "gateway/not-cached": 412,
  "gateway/url-too-long": 414,
  "publishing/no-such-path": 404,
  "publishing/missing-block": 404,
};

/** An answer that can be sent. */
export interface BegunAnswer extends Omit<Answer, "body"> {
  readonly body?: AsyncIterable<Uint8Array>;
  /** A failure that is not the client's; what is sent tells of it. */
  readonly damage?: Error;
}

/** The answer with the first piece of its body at hand, so that a failure at the beginning still has its status. */
export async function beginAnswer(
  store: StoreBlocks,
  request: GatewayRequest,
): Promise<BegunAnswer> {
  try {
    const { body, ...answer } = await answerRequest(store, request);
    if (body === undefined) return answer;
    if (typeof body === "string" || body instanceof Uint8Array)
      return { ...answer, body: pieces([Buffer.from(body)]) };
    const iterator = body[Symbol.asyncIterator]();
    const first = await iterator.next();
    return {
      ...answer,
      body: pieces(first.done === true ? [] : [first.value], iterator),
    };
  } catch (error) {
    if (!isLoopError(error)) throw error;
    const status = STATUS[error.code] ?? 500;
    return {
      status,
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        ...(status === 405 ? { Allow: "GET, HEAD, OPTIONS" } : {}),
      },
      body: pieces([Buffer.from(`${error.code}: ${error.message}\n`)]),
      ...(status === 500 ? { damage: error } : {}),
    };
  }
}

async function* pieces(
  first: readonly Uint8Array[],
  rest?: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  if (rest === undefined) return;
  try {
    for (
      let next = await rest.next();
      next.done !== true;
      next = await rest.next()
    )
      yield next.value;
  } finally {
    await rest.return?.();
  }
}
