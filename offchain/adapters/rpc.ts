import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, RetryableError } from "../kernel/errors.ts";

/** The least a provider must offer: JSON-RPC. ethers' `JsonRpcProvider` and Hardhat's `connection.ethers.provider` both do. */
export interface RpcProvider {
  send(method: string, params: unknown[]): Promise<unknown>;
}

/** An answer of the node that is an error: the request arrived and was refused. Anything else is a failure on the way. */
export interface RpcRefusal {
  readonly message: string;
  /** Return data of a revert; undefined if it is none. */
  readonly data: Hex | undefined;
}

/** JSON-RPC with checked answers, and retries where the request may be repeated. */
export interface Rpc {
  /**
   * Asks a question, again after a pause if it fails on the way, and checks the answer.
   * @throws RetryableError `chain/unreachable`; the node's own error if it refused (see {@link refusalOf}).
   */
  ask<T>(
    method: string,
    params: unknown[],
    answer: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T>;
  /** Sends once, with no retry: for what must not be repeated blindly. */
  sendOnce(method: string, params: unknown[]): Promise<unknown>;
}

/** Pauses before the second, third, ... try, in units: with the default unit under two seconds, since a person waits in front of a wrong address. */
const PAUSES = [1, 2, 4, 8] as const;

/** Codes that stand for a failure on the way: Hardhat's unknown error, parse error, limit exceeded. */
const NOT_ANSWERED: ReadonlySet<number> = new Set([-1, -32700, -32005]);

/** A hexadecimal quantity as a safe integer. */
export const quantity = z
  .string()
  .regex(/^0x[0-9a-f]+$/i)
  .transform((text) => Number(BigInt(text)))
  .refine(Number.isSafeInteger, "is too large");

/** A hexadecimal quantity of any size. */
export const bigQuantity = z
  .string()
  .regex(/^0x[0-9a-f]+$/i)
  .transform((text) => BigInt(text));

/** Bytes as lower-case hexadecimal. */
export const hexData = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/i)
  .transform((text) => text.toLowerCase() as Hex);

/** Wraps a provider; the first retry comes after `unit` ms. */
export function createRpc(provider: RpcProvider, unit = 100): Rpc {
  return {
    async ask(method, params, answer, signal) {
      for (let attempt = 0; ; attempt++) {
        try {
          const parsed = answer.safeParse(await provider.send(method, params));
          if (parsed.success) return parsed.data;
          throw new FatalError(
            "chain/bad-answer",
            `The node answered \`${method}\` with something that is no valid answer; use another node.`,
            { cause: parsed.error },
          );
        } catch (error) {
          if (error instanceof FatalError || refusalOf(error) !== undefined)
            throw error;
          const pause = PAUSES[attempt];
          if (pause === undefined) throw unreachable(method, error);
          await sleep(pause * unit, undefined, signal && { signal });
        }
      }
    },
    sendOnce: (method, params) => provider.send(method, params),
  };
}

/** The failure of a node that does not answer, in one sentence. */
export function unreachable(method: string, cause: unknown): RetryableError {
  return new RetryableError(
    "chain/unreachable",
    `The chain's node did not answer \`${method}\`; check that it runs and that the network's URL is right, then run the same command again.`,
    { cause },
  );
}

/** What the node refused, from the errors of Hardhat and of ethers; undefined if the request failed on the way. */
export function refusalOf(error: unknown): RpcRefusal | undefined {
  const shape = error as {
    code?: unknown;
    message?: unknown;
    data?: unknown;
    info?: { error?: unknown };
    error?: unknown;
  } | null;
  if (typeof shape !== "object" || shape === null) return undefined;
  if (typeof shape.code !== "number") {
    const inner = shape.info?.error ?? shape.error;
    return inner === undefined ? undefined : refusalOf(inner);
  }
  if (NOT_ANSWERED.has(shape.code)) return undefined;
  return { message: String(shape.message), data: revertData(shape.data) };
}

/** Nodes put the return data into `data`, or one level deeper. */
function revertData(data: unknown): Hex | undefined {
  if (typeof data === "string" && /^0x([0-9a-f]{2})*$/i.test(data))
    return data as Hex;
  if (typeof data === "object" && data !== null && "data" in data)
    return revertData(data.data);
  return undefined;
}
