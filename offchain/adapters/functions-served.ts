import type { Hex } from "../kernel/bytes.ts";
import type { Fulfilment, LocalDon } from "./functions-local.ts";
import {
  startSourcesServer,
  type SourcesServerOptions,
} from "./sources-server.ts";

/** A local DON whose nodes find a recorded market where the internet would be, for as long as they look. */
export function servedDon(
  don: LocalDon,
  options: SourcesServerOptions,
): { fulfil(requestId: Hex): Promise<Fulfilment> } {
  return {
    async fulfil(requestId) {
      const server = await startSourcesServer(options);
      try {
        return await don.fulfil(requestId);
      } finally {
        await server.close();
      }
    },
  };
}
