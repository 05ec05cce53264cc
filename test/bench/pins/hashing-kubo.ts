import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { takeIn } from "../../kit/car-intake.ts";

/**
 * As much of a kubo as a sending needs, for archives that are too large to keep: parses and hashes every block, and keeps none.
 */
export async function startHashingKubo(): Promise<{
  url: string;
  received: () => number;
}> {
  let received = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://kubo");
    if (!pathname.endsWith("/dag/import")) {
      response.writeHead(500, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ Message: "not pinned", Code: 0, Type: "error" }),
      );
      return;
    }
    const boundary = /boundary=(.+)$/.exec(
      request.headers["content-type"] ?? "",
    )?.[1];
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
    async function* file(): AsyncGenerator<Uint8Array> {
      let held = Buffer.alloc(0);
      let headed = false;
      for await (const chunk of request) {
        received += (chunk as Buffer).length;
        held = Buffer.concat([held, chunk as Buffer]);
        if (!headed) {
          const end = held.indexOf("\r\n\r\n");
          if (end < 0) continue;
          headed = true;
          held = held.subarray(end + 4);
        }
        // The end of the form is no part of the file.
        const safe = held.length - tail.length;
        if (safe > 0) {
          yield held.subarray(0, safe);
          held = held.subarray(safe);
        }
      }
      if (!held.equals(tail)) throw new Error("no end of the form");
    }
    takeIn(file()).then(
      ({ root, blocks }) => {
        const lines = [
          { Root: { Cid: { "/": root }, PinErrorMsg: "" } },
          { Stats: { BlockCount: blocks, BlockBytesCount: 0 } },
        ];
        response.writeHead(200, { "content-type": "application/json" });
        response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received: () => received };
}
