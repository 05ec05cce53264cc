import { once } from "node:events";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { serveStore } from "../compose/gateway.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseHost, parsePort } from "../console/publishing-options.ts";

interface GatewayArguments {
  readonly port: string | undefined;
  readonly host: string | undefined;
  readonly json: boolean;
}

/** `npx hardhat gateway`: runs until Ctrl-C, and then ends with 0. */
export default async function (
  args: GatewayArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  const stop = new AbortController();
  await guarded(
    async () => {
      const gateway = await serveStore(hre, {
        port: parsePort(args.port),
        host: parseHost(args.host),
        note: (sentence) => console.note(sentence),
      });
      try {
        const { url } = gateway;
        console.note(`The store is served at ${url}; Ctrl-C ends it.`);
        if (args.json) console.result({ url }, () => []);
        if (!stop.signal.aborted) await once(stop.signal, "abort");
      } finally {
        await gateway.close();
      }
    },
    () => {
      stop.abort();
      return true;
    },
  );
}
