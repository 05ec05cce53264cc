import { constants } from "node:fs";
import { open } from "node:fs/promises";

import { isLoopError } from "../kernel/errors.ts";
import { decodePicture, tameDecoder } from "./picture-decode.ts";
import {
  TOO_MUCH_MEMORY,
  type DecodeAnswer,
  type DecodeCall,
} from "./picture-decoder.ts";

/** The process of picture-decoder.ts: answers one call after another and ends with its parent. */
if (process.send === undefined)
  throw new Error(
    "picture-decoder-child.ts runs only below picture-decoder.ts",
  );

const memory = Number(process.env["LOOP_DECODER_MEMORY"]);

// Decoding runs on another thread of this process, so this one is free to watch.
setInterval(() => {
  if (process.memoryUsage.rss() > memory) process.exit(TOO_MUCH_MEMORY);
}, 5).unref();

tameDecoder();
process.on("disconnect", () => process.exit(0));
process.on("message", (call: DecodeCall) => {
  void answer(call).then((reply) => process.send?.(reply));
});

async function answer({ path, name }: DecodeCall): Promise<DecodeAnswer> {
  try {
    return { picture: await decodePicture(await read(path), name) };
  } catch (error) {
    if (isLoopError(error)) return { code: error.code, message: error.message };
    const sentence = `\`${name}\` cannot be read; check the file.`;
    return { code: "picture/unreadable", message: sentence };
  }
}

async function read(path: string): Promise<Buffer> {
  const file = await open(
    path,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new TypeError("no plain file");
    return await file.readFile();
  } finally {
    await file.close();
  }
}
