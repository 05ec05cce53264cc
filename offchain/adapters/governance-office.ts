import { BOOK } from "./chain-abi-deployment.ts";
import { createContext, type ChainOptions } from "./chain-context.ts";
import { safe } from "./chain-events.ts";
import { reachTime } from "./chain-time.ts";

/** Lets a development chain's clock go past the delay after which the next admin may take the job; does nothing if nobody is to. */
export async function passAdminDelay(options: ChainOptions): Promise<void> {
  const { rpc, call, registry } = createContext(options);
  const book = { address: registry, abi: BOOK };
  const [, schedule] = await call(book, "pendingDefaultAdmin");
  await reachTime(rpc, safe(schedule) + 1);
}
