import {
  consensusIdenticalAggregation,
  CronCapability,
  EVMClient,
  handler,
  HTTPClient,
  prepareReportRequest,
  TxStatus,
  type CronPayload,
  type Runtime,
  type Workflow,
} from "@chainlink/cre-sdk";

import { selectorOf, type Config } from "./config.ts";
import { observeMarket } from "./observe-market.ts";

/** A day's round, whenever the schedule says. */
export function initWorkflow(config: Config): Workflow<Config> {
  const cron = new CronCapability();
  return [handler(cron.trigger({ schedule: config.schedule }), onSchedule)];
}

/**
 * Every node looks at the sources for itself and packs what it saw; the round is reported only if they agree on every byte. They do
 * although they look at slightly different moments, because an observation rests on closed days. Returns the observation.
 * @throws Error if the sources tell nothing, the nodes disagree, or the write fails; then nothing is reported until the next time.
 */
export function onSchedule(
  runtime: Runtime<Config>,
  { scheduledExecutionTime }: CronPayload,
): string {
  // The scheduled time, and not a clock: it is the same for every node.
  const at = Number(
    scheduledExecutionTime?.seconds ??
      BigInt(Math.floor(runtime.now().getTime() / 1_000)),
  );
  const observation = new HTTPClient()
    .sendRequest(
      runtime,
      observeMarket,
      consensusIdenticalAggregation<string>(),
    )(runtime.config, at)
    .result();
  runtime.log(`Observation ${observation} of ${at}`);

  const report = runtime
    .report(prepareReportRequest(observation as `0x${string}`))
    .result();
  const { receiver, gasLimit } = runtime.config;
  const reply = new EVMClient(selectorOf(runtime.config))
    .writeReport(runtime, { receiver, report, gasConfig: { gasLimit } })
    .result();
  if (reply.txStatus === TxStatus.SUCCESS) return observation;
  throw new Error(
    `The report was not written: ${reply.errorMessage ?? TxStatus[reply.txStatus]}.`,
  );
}
