import assert from "node:assert/strict";

import { TxStatus, type CronPayload } from "@chainlink/cre-sdk";
import {
  EvmMock,
  HttpActionsMock,
  newTestRuntime,
  registerTestCapability,
  REPORT_METADATA_HEADER_LENGTH,
  test,
} from "@chainlink/cre-sdk/test";

import { packObservation } from "../../kernel/observation.ts";
import { observeSources } from "../../market/observe-sources.ts";
import { coinbase } from "../../market/sources/coinbase.ts";
import { coingecko } from "../../market/sources/coingecko.ts";
import { fearAndGreed } from "../../market/sources/fear-and-greed.ts";
import example from "../config.example.json" with { type: "json" };
import { configSchema, selectorOf, type SourceName } from "../config.ts";
import { initWorkflow, onSchedule } from "../workflow.ts";
import {
  AT,
  coinbaseSays,
  coingeckoSays,
  fearAndGreedSays,
} from "./answers.ts";

const CONFIG = configSchema.parse(example);
const TRIGGER = {
  $typeName: "capabilities.scheduler.cron.v1.Payload",
  scheduledExecutionTime: {
    $typeName: "google.protobuf.Timestamp",
    seconds: BigInt(AT),
    nanos: 0,
  },
} as CronPayload;

type Answer = { readonly status?: number; readonly body: string } | "dead";
type Answers = Readonly<Record<SourceName, Answer>>;

const GOOD: Answers = {
  coingecko: { body: coingeckoSays() },
  coinbase: { body: coinbaseSays() },
  "fear-and-greed": { body: fearAndGreedSays() },
};

/** One run of the workflow against these answers: what it reported, byte for byte, and what it threw. */
function run(
  answers: Answers,
  {
    status = TxStatus.SUCCESS,
    trigger = TRIGGER,
  }: { status?: TxStatus; trigger?: CronPayload } = {},
): { reports: string[]; asked: string[]; thrown: unknown; result: string } {
  const asked: string[] = [];
  const http = HttpActionsMock.testInstance();
  http.sendRequest = ({ url, method }) => {
    asked.push(`${method} ${url}`);
    const name = (Object.keys(CONFIG.urls) as SourceName[]).find(
      (source) => CONFIG.urls[source] === url,
    );
    const answer = name === undefined ? "dead" : answers[name];
    if (answer === "dead") throw new Error("connection refused");
    return {
      statusCode: answer.status ?? 200,
      body: Buffer.from(answer.body).toString("base64"),
    };
  };
  const reports: string[] = [];
  const evm = EvmMock.testInstance(selectorOf(CONFIG));
  evm.writeReport = ({ receiver, report, gasConfig }) => {
    assert.equal(`0x${Buffer.from(receiver).toString("hex")}`, CONFIG.receiver);
    assert.equal(String(gasConfig?.gasLimit), CONFIG.gasLimit);
    const raw = Buffer.from(report?.rawReport ?? []);
    reports.push(
      `0x${raw.subarray(REPORT_METADATA_HEADER_LENGTH).toString("hex")}`,
    );
    return status === TxStatus.SUCCESS
      ? { txStatus: "TX_STATUS_SUCCESS", txHash: "" }
      : { txStatus: "TX_STATUS_REVERTED", errorMessage: "no" };
  };
  const runtime = newTestRuntime(null, {}, CONFIG);
  let thrown: unknown;
  let result = "";
  try {
    result = onSchedule(runtime as never, trigger);
  } catch (error) {
    thrown = error;
  }
  return { reports, asked, thrown, result };
}

/** What the product makes of the same answers. */
function product(
  readings: Parameters<typeof observeSources>[0],
): `0x${string}` {
  return packObservation(observeSources(readings, { at: AT }).observation);
}

test("good data: one report of exactly these 32 bytes, the product's own", () => {
  const { reports, asked, thrown, result } = run(GOOD);
  assert.equal(thrown, undefined);
  const expected = product([
    coingecko(coingeckoSays()),
    coinbase(coinbaseSays()),
    fearAndGreed(fearAndGreedSays()),
  ]);
  assert.deepEqual(reports, [expected]);
  assert.equal(result, expected);
  assert.equal(
    expected,
    "0x013f00f500c8fff60ed80000d372834f00015a30018a006afe3c001388271009",
  );
  assert.deepEqual(
    asked,
    Object.values(CONFIG.urls).map((url) => `GET ${url}`),
  );
});

const dead = (source: SourceName, kind: "prices" | "sentiment") =>
  ({ source, kind, code: "market/unreachable", why: "" }) as const;

test("a dead source: the others speak", () => {
  const expected = product([
    coingecko(coingeckoSays()),
    dead("coinbase", "prices"),
    fearAndGreed(fearAndGreedSays()),
  ]);
  for (const coinbaseAnswer of [
    "dead",
    { status: 500, body: coinbaseSays() },
    { status: 404, body: "" },
  ] as const)
    assert.deepEqual(run({ ...GOOD, coinbase: coinbaseAnswer }).reports, [
      expected,
    ]);
});

test("malformed answers: as if the source were dead", () => {
  const expected = product([
    coingecko(coingeckoSays()),
    coinbase(coinbaseSays()),
    dead("fear-and-greed", "sentiment"),
  ]);
  for (const body of [
    "",
    "<html>Please log in</html>",
    fearAndGreedSays().slice(0, -9),
    "null",
    `{"data":[{"value":"101","timestamp":"1"}]}`,
  ])
    assert.deepEqual(
      run({ ...GOOD, "fear-and-greed": { body } }).reports,
      [expected],
      body,
    );
});

test("one venue wrong by 100 times: the product's answer, and no such price", () => {
  const wrong = coinbaseSays(100);
  const { reports, thrown } = run({ ...GOOD, coinbase: { body: wrong } });
  assert.equal(thrown, undefined);
  const expected = product([
    coingecko(coingeckoSays()),
    coinbase(wrong),
    fearAndGreed(fearAndGreedSays()),
  ]);
  assert.deepEqual(reports, [expected]);
  // Two venues, and nobody to say which one is wrong: no price is believed, and what both tell alike stays.
  assert.equal(
    expected,
    "0x012f00f500c8fff60ed800000000000000015a30018a006afe3c001388271009",
  );
});

test("all dead: no report, and the run fails", () => {
  for (const answer of ["dead", { body: "{" }] as const) {
    const { reports, thrown } = run({
      coingecko: answer,
      coinbase: answer,
      "fear-and-greed": answer,
    });
    assert.deepEqual(reports, []);
    assert.ok(thrown instanceof Error);
  }
});

test("a write that fails: the run fails", () => {
  const { reports, thrown } = run(GOOD, { status: TxStatus.REVERTED });
  assert.equal(reports.length, 1);
  assert.ok(thrown instanceof Error);
  assert.match(thrown.message, /no/);
});

test("nodes that disagree: no report", () => {
  registerTestCapability("consensus@1.0.0-alpha", () => {
    throw new Error("no identical majority");
  });
  const { reports, thrown } = run(GOOD);
  assert.deepEqual(reports, []);
  assert.ok(thrown instanceof Error);
});

test("the same bytes whatever the second of the schedule", () => {
  const [report] = run(GOOD).reports;
  const later = {
    ...TRIGGER,
    scheduledExecutionTime: {
      ...TRIGGER.scheduledExecutionTime,
      seconds: BigInt(AT + 600),
    },
  } as CronPayload;
  assert.deepEqual(run(GOOD, { trigger: later }).reports, [report]);
});

test("the schedule is the configuration's", () => {
  const [entry, ...more] = initWorkflow(CONFIG);
  assert.equal(more.length, 0);
  assert.equal(entry?.trigger.capabilityId(), "cron-trigger@1.0.0");
  const trigger = entry?.trigger as { config?: unknown } | undefined;
  assert.deepEqual(trigger?.config, {
    $typeName: "capabilities.scheduler.cron.v1.Config",
    schedule: CONFIG.schedule,
  });
});
