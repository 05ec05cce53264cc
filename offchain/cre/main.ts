import { Runner } from "@chainlink/cre-sdk";

import { configSchema, type Config } from "./config.ts";
import { initWorkflow } from "./workflow.ts";

/** What CRE's nodes call. */
export async function main(): Promise<void> {
  const runner = await Runner.newRunner<Config>({ configSchema });
  await runner.run(initWorkflow);
}
