import { fork, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { FatalError, type ErrorCode } from "../kernel/errors.ts";
import type { DecodedPicture, PictureDecoder } from "../loop/ports-dataset.ts";

/** What the decoding process is asked. */
export interface DecodeCall {
  readonly path: string;
  /** What the sentences call the file. */
  readonly name: string;
}

/** Its answer: the picture, or why there is none. */
export type DecodeAnswer =
  | { readonly picture: DecodedPicture }
  | { readonly code: ErrorCode; readonly message: string };

/** What the decoding process may take. */
export interface DecoderLimits {
  /** Bytes of memory, all of it: native too. */
  readonly memory: number;
  /** For one picture, milliseconds. */
  readonly time: number;
}

/** Beside the 320 MB that Hardhat and sealing take, this stays below 512 MB. */
export const DECODER_LIMITS: DecoderLimits = {
  memory: 192 * 1024 * 1024,
  time: 30_000,
};

/** The process ends itself with this code when it holds too much. */
export const TOO_MUCH_MEMORY = 77;

/** The other half of the limit on memory: JavaScript's own, MiB. */
const HEAP = 64;

/** Pictures after which the process is renewed: what a decoder leaks or scatters ends with it. */
const RENEWED_AFTER = 1_000;

/**
 * Decodes the files of a folder in a process of its own, forked and not a thread, because a decoder's memory is native: what is above
 * the limits, or makes the decoder crash, ends that process and concerns one picture. It inherits no environment, so no keys.
 */
export function createPictureDecoder(
  folder: string,
  limits: DecoderLimits = DECODER_LIMITS,
): PictureDecoder {
  let child: ChildProcess | undefined;
  let decoded = 0;
  let peak = 0;

  const start = (): ChildProcess => {
    const begun = fork(new URL("./picture-decoder-child.ts", import.meta.url), {
      execArgv: [`--max-old-space-size=${HEAP}`, "--no-warnings"],
      env: {
        LOOP_DECODER_MEMORY: `${limits.memory}`,
        MALLOC_ARENA_MAX: "2",
        VIPS_BLOCK_UNTRUSTED: "1",
      },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // A process that is gone is noticed by its end; what could not be sent to it is no second fault.
    begun.on("error", () => undefined);
    begun.unref();
    begun.channel?.unref();
    return begun;
  };
  const stop = async (): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.ref();
    ending.kill("SIGKILL");
    await ended;
  };
  const ask = (call: DecodeCall, worker: ChildProcess): Promise<DecodeAnswer> =>
    new Promise((resolve, reject) => {
      const refuse = (problem: string, sentence: string): void =>
        resolve({
          code: `picture/${problem}` as ErrorCode,
          message: `\`${call.name}\` ${sentence}`,
        });
      const settle = (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        worker.off("message", onMessage);
        worker.off("exit", onExit);
      };
      const onMessage = (answer: DecodeAnswer): void => {
        settle();
        resolve(answer);
      };
      const tooMuch = `needed more than ${Math.round(limits.memory / 1024 / 1024)} MiB to decode; save it smaller, or without interlacing.`;
      const onExit = (code: number | null): void => {
        settle();
        child = undefined;
        if (code === TOO_MUCH_MEMORY) refuse("too-much-memory", tooMuch);
        else refuse("decoder-died", "made the decoder fail; export it again.");
      };
      const end = (problem: string, sentence: string): void => {
        settle();
        stop().then(() => refuse(problem, sentence), reject);
      };
      const timer = setTimeout(() => {
        const seconds = limits.time / 1000;
        end("too-slow", `was not decoded in ${seconds} s; save it smaller.`);
      }, limits.time);
      const watch = setInterval(() => {
        const bytes = resident(worker.pid ?? 0);
        peak = Math.max(peak, bytes);
        if (bytes > limits.memory) end("too-much-memory", tooMuch);
      }, 10);
      worker.on("message", onMessage);
      worker.on("exit", onExit);
      worker.send(call);
    });

  return {
    async decode(name) {
      if (decoded++ % RENEWED_AFTER === RENEWED_AFTER - 1) await stop();
      child ??= start();
      const answer = await ask({ path: join(folder, name), name }, child);
      if ("picture" in answer) return answer.picture;
      throw new FatalError(answer.code, answer.message);
    },
    peak: () => peak,
    close: stop,
  };
}

/** Bytes resident in a process, where the system has /proc; elsewhere the process watches itself alone. */
function resident(pid: number): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1];
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}
